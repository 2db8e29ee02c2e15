import type { ClusterPicture } from "./cluster-picture";
import type { NodeId } from "./node";
import { at } from "./shard-columns";
import { knownOf } from "./shard-sizes";
import { bytesOfShardAt } from "./table-bytes";
import type { CitusTable } from "./topology";

/** What one node holds of a table. `isPartial`: `bytes` is "at least", some shard's size is unknown. */
type TableShare = { nodeId: NodeId; shards: number; bytes: number; isPartial: boolean };

/** How large a table is and how evenly it is cut, its partitions counted in. */
export type TableMeasure = {
  shards: number;
  /** Of one copy: the sum of the known sizes; null: none is known. */
  bytes: number | null;
  isPartial: boolean;
  /** The largest shard over the median one, 1 is even. null: unknown, or less than two shards with rows. */
  largestToMedian: number | null;
  shares: TableShare[];
};

type Gathering = { pieces: Map<number, number | null>; shares: Map<number, TableShare> };

/** One pass over all shards, however many tables there are: partitions are summed into their parent's shard of the same range. */
export function measureTables(picture: ClusterPicture): ReadonlyMap<number, TableMeasure> {
  const rootOf = rootsOf(picture.topology.tables);
  const nodeOf = new Map(picture.primaries.map((node) => [node.groupId, node.id]));
  const gathered = new Map<number, Gathering>();
  const { shards } = picture.topology;
  for (let index = 0; index < shards.count; index += 1) {
    const oid = at(shards.tableOids, index);
    const root = rootOf.get(oid) ?? oid;
    const one = gathered.get(root) ?? { pieces: new Map(), shares: new Map() };
    gathered.set(root, one);
    const piece = shards.hasRange[index] === 1 ? at(shards.mins, index) : -1 - at(shards.ids, index) - 2 ** 31;
    const sum = one.pieces.has(piece) ? (one.pieces.get(piece) ?? null) : 0;
    const bytes = knownOf(bytesOfShardAt(picture, index));
    one.pieces.set(piece, sum === null || bytes === null ? null : sum + bytes);
    for (let place = at(shards.starts, index); place < at(shards.starts, index + 1); place += 1) {
      const groupId = at(shards.groupIds, place);
      const nodeId = nodeOf.get(groupId);
      if (nodeId !== undefined) addTo(one.shares, groupId, nodeId, knownOf(at(picture.placements.bytes, place)));
    }
  }
  return new Map([...gathered].map(([oid, one]) => [oid, measureOf(one)]));
}

/** A partition's outermost parent; other tables are missing. */
export function rootsOf(tables: readonly CitusTable[]): Map<number, number> {
  const parentOf = new Map(
    tables.flatMap((table) => (table.partitionOf === null ? [] : [[table.oid, table.partitionOf]])),
  );
  const roots = new Map<number, number>();
  for (const oid of parentOf.keys()) {
    let root = oid;
    for (let parent = parentOf.get(root); parent !== undefined; parent = parentOf.get(root)) root = parent;
    roots.set(oid, root);
  }
  return roots;
}

function addTo(shares: Map<number, TableShare>, groupId: number, nodeId: NodeId, bytes: number | null): void {
  const share = shares.get(groupId) ?? { nodeId, shards: 0, bytes: 0, isPartial: false };
  share.shards += 1;
  share.bytes += bytes ?? 0;
  share.isPartial ||= bytes === null;
  shares.set(groupId, share);
}

function measureOf({ pieces, shares }: Gathering): TableMeasure {
  const known = [...pieces.values()].filter((bytes) => bytes !== null);
  const isPartial = known.length < pieces.size;
  return {
    shards: pieces.size,
    bytes: known.length > 0 ? known.reduce((sum, bytes) => sum + bytes, 0) : null,
    isPartial,
    largestToMedian: isPartial ? null : largestToMedian(known),
    shares: [...shares.values()].sort((a, b) => b.bytes - a.bytes || a.nodeId - b.nodeId),
  };
}

function largestToMedian(bytes: readonly number[]): number | null {
  const sorted = [...bytes].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  const largest = sorted.at(-1) ?? 0;
  return sorted.length > 1 && median > 0 ? largest / median : null;
}
