import type { ClusterPicture } from "./cluster-picture";
import type { Shard } from "./topology";

/** Bytes of one copy of a shard: the largest that is known. Copies differ a little in bloat, not in rows. null: nobody said. */
export function bytesOfShard(picture: Pick<ClusterPicture, "sizes">, shard: Shard): number | null {
  let largest: number | null = null;
  for (const groupId of shard.groupIds) {
    const bytes = picture.sizes(shard.id, groupId);
    if (bytes !== null && (largest === null || bytes > largest)) largest = bytes;
  }
  return largest;
}

/** Bytes of a table counted once, however many copies of its shards there are; partitions included. null: not all are known. */
export function bytesOfOneCopy(picture: Pick<ClusterPicture, "sizes" | "topology">, oid: number): number | null {
  const { tables, shards } = picture.topology;
  const members = new Set([oid, ...tables.filter((table) => table.partitionOf === oid).map((table) => table.oid)]);
  let sum = 0;
  for (const shard of shards) {
    if (!members.has(shard.tableOid)) continue;
    const bytes = bytesOfShard(picture, shard);
    if (bytes === null) return null;
    sum += bytes;
  }
  return sum;
}
