import type { Note } from "./change";
import type { ClusterNode, NodeId } from "./node";
import type { TransferMode } from "./node-change";
import type { NodeRoom } from "./rebalance-check";
import type { CitusTable } from "./topology";

/** A node's room, whether it may decode for Citus, and what it has by the names of the shards. */
export type ShardRoom = NodeRoom & {
  /** Libraries that may decode the WAL (PostgreSQL minors of late 2026); null: this one keeps no such list. */
  outputPlugins: string | null;
  /** Relations whose names end with the id of one of the shards. null: its size could not be read. */
  relations: readonly { name: string; bytes: number | null }[];
};

/** A copy of a shard that Citus has on record to remove. `nodeId` null: its node is gone, so Citus never does. */
type CleanupOfShard = { recordId: number; name: string; nodeId: NodeId | null };

/** Everything that is looked at before shards are moved, copied, split or isolated by hand. */
export type ShardCheck = {
  mode: TransferMode;
  /** "move", "split": what Citus would refuse, in a sentence. */
  deed: string;
  /** The tables of the group: they go together. */
  tables: readonly CitusTable[];
  /** Where the shards are read, and where they are written. The same node may be both. */
  source: ClusterNode;
  targets: readonly ClusterNode[];
  /** What each target gets; null: not known. */
  gains: ReadonlyMap<NodeId, number | null>;
  names: ReadonlyMap<NodeId, string>;
  openJobId: number | null;
  asked: number;
  silent: readonly NodeId[];
  /** Nodes that answer, and could not tell this: a relation there is locked, for one. */
  unread: readonly { nodeId: NodeId; because: string }[];
  /** What nodes said; one that could not tell is missing. */
  rooms: ReadonlyMap<NodeId, ShardRoom>;
  /** The login that will do it, and tables of the group that it does not own. */
  login: string;
  notOwned: readonly string[];
  /** citus.desired_percent_disk_available_after_move */
  diskPercent: number | null;
  records: readonly CleanupOfShard[];
  /** In the logical modes Citus' own decoder reads the source: for splitting, not for moving. */
  needsDecoder: boolean;
};

/** One thing that is looked at, and what it means. A `bad` note refuses. */
export type ShardRule = (check: ShardCheck) => readonly Note[];
