import { listOf } from "./node-names";
import type { TableFacts } from "./table-facts";

/** A hash-distributed table: what another may be colocated with. */
export type ColocationTarget = {
  oid: number;
  name: string;
  quotedName: string;
  column: string;
  plainType: string;
  collation: string | null;
  colocationId: number;
};

/** A colocation group of hash-distributed tables, as Citus looks one up for `colocate_with => 'default'`. */
type HashGroup = { id: number; shardCount: number; replicationFactor: number; plainType: string };

/** What the rest of the cluster has to say about distributing a table. */
export type Surroundings = {
  /** citus.shard_count, citus.shard_replication_factor and citus.enable_unsafe_triggers as the login that makes changes has them. */
  shardCount: number;
  replicationFactor: number;
  unsafeTriggers: boolean;
  login: string;
  coordinatorRegistered: boolean;
  /** Active primaries. `silent`: it did not answer just now. */
  nodes: readonly { name: string; mayHoldShards: boolean; silent: boolean }[];
  targets: readonly ColocationTarget[];
  groups: readonly HashGroup[];
};

/** The answer to "what may be done with this table": the facts, from which the browser draws the form with the same rules. */
export type Preflight = { table: TableFacts; around: Surroundings };

/** The names of tables in one colocation group: "public.customers, public.orders and public.order_items". */
export function tablesOfGroup(around: Surroundings, colocationId: number): string {
  return listOf(around.targets.filter((target) => target.colocationId === colocationId).map((target) => target.name));
}
