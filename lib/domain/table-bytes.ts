import type { ClusterPicture } from "./cluster-picture";
import { at } from "./shard-columns";

type Layout = Pick<ClusterPicture, "topology" | "placements">;

/**
 * Bytes of one copy of the shard at this position: the largest that is known. Copies differ a little in bloat, not in rows.
 * NaN: nobody said.
 */
export function bytesOfShardAt({ topology: { shards }, placements }: Layout, index: number): number {
  let largest = Number.NaN;
  for (let place = at(shards.starts, index); place < at(shards.starts, index + 1); place += 1) {
    const bytes = at(placements.bytes, place);
    if (bytes > largest || Number.isNaN(largest)) largest = bytes;
  }
  return largest;
}

/** Bytes of a table counted once, however many copies of its shards there are; partitions included. null: not all are known. */
export function bytesOfOneCopy(layout: Layout, oid: number): number | null {
  const { tables, shards } = layout.topology;
  const members = new Set([oid, ...tables.filter((table) => table.partitionOf === oid).map((table) => table.oid)]);
  let sum = 0;
  for (let index = 0; index < shards.count; index += 1)
    if (members.has(at(shards.tableOids, index))) sum += bytesOfShardAt(layout, index);
  return Number.isNaN(sum) ? null : sum;
}
