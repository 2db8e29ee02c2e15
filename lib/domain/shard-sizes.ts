import type { ClusterNode } from "./node";
import { at, indexOfShard, placementOf, type ShardColumns } from "./shard-columns";
import type { NodeSizes, Sizes } from "./sizes";

/** How many bytes a shard has in a node group; null: nobody said. */
export type ShardSizes = (shardId: number, groupId: number) => number | null;

/** The size of every placement, in the order of `ShardColumns.groupIds`. */
export type PlacementSizes = {
  /** NaN: nobody said. */
  bytes: Float64Array;
  /** 1: measured, 0: estimated or unknown. */
  isExact: Uint8Array;
};

export function shardSizesOf(shards: ShardColumns, { bytes }: Pick<PlacementSizes, "bytes">): ShardSizes {
  return (shardId, groupId) => {
    const index = indexOfShard(shards, shardId);
    const place = index < 0 ? -1 : placementOf(shards, index, groupId);
    return place < 0 ? null : knownOf(at(bytes, place));
  };
}

/** NaN stands for unknown in a column of bytes. */
export function knownOf(bytes: number): number | null {
  return Number.isNaN(bytes) ? null : bytes;
}

/** How many placements have a size that nobody has measured yet. */
export function countEstimates({ bytes, isExact }: PlacementSizes): number {
  return bytes.reduce((sum, one, place) => sum + Number(!Number.isNaN(one) && isExact[place] !== 1), 0);
}

/** Of each placement what a function says of its shard in its node group. */
export function placementSizesBy(shards: ShardColumns, sizes: ShardSizes): PlacementSizes {
  const bytes = new Float64Array(shards.groupIds.length);
  for (let index = 0; index < shards.count; index += 1) {
    const end = at(shards.starts, index + 1);
    for (let place = at(shards.starts, index); place < end; place += 1)
      bytes[place] = sizes(at(shards.ids, index), at(shards.groupIds, place)) ?? Number.NaN;
  }
  return { bytes, isExact: new Uint8Array(bytes.length).fill(1) };
}

/**
 * The measured size of each placement. Only primaries count: a secondary shares its primary's group, and its copy is the
 * same data. A node that did not answer, and a shard its node left out, are unknown.
 *
 * Layout is read more often than sizes, so a shard that has just moved is not in its new node's answer yet. It keeps the
 * size that was measured where it came from, or the numbers of a rebalance would go blank after every move.
 */
export function placementSizes(
  sizes: Sizes | null,
  nodes: readonly ClusterNode[],
  shards: ShardColumns,
): PlacementSizes {
  const groupOf = new Map(nodes.filter((node) => node.role === "primary").map((node) => [node.id, node.groupId]));
  const placed: PlacementSizes = {
    bytes: new Float64Array(shards.groupIds.length).fill(Number.NaN),
    isExact: new Uint8Array(shards.groupIds.length),
  };
  const answered = new Set<number>();
  const moved = new Map<number, number>();
  for (const answer of sizes?.answers ?? []) {
    const groupId = groupOf.get(answer.nodeId);
    if (!answer.ok || groupId === undefined) continue;
    answered.add(groupId);
    take(answer.value, groupId, shards, placed, moved);
  }
  for (const [index, bytes] of moved) carry(index, bytes, shards, answered, placed);
  return placed;
}

/** Puts a node's answer to its placements; what it tells of shards that are elsewhere by now goes to `moved`, by index. */
function take(
  { shardIds, bytes, isExact }: NodeSizes,
  groupId: number,
  shards: ShardColumns,
  placed: PlacementSizes,
  moved: Map<number, number>,
): void {
  for (let row = 0; row < shardIds.length; row += 1) {
    const index = indexOfShard(shards, at(shardIds, row));
    if (index < 0) continue;
    const place = placementOf(shards, index, groupId);
    if (place < 0) moved.set(index, at(bytes, row));
    else {
      placed.bytes[place] = at(bytes, row);
      placed.isExact[place] = at(isExact, row);
    }
  }
}

/** To the placements whose node has answered, and did not name this shard. */
function carry(
  index: number,
  bytes: number,
  shards: ShardColumns,
  answered: ReadonlySet<number>,
  placed: PlacementSizes,
): void {
  for (let place = at(shards.starts, index); place < at(shards.starts, index + 1); place += 1) {
    const isUnknown = Number.isNaN(at(placed.bytes, place));
    if (isUnknown && answered.has(at(shards.groupIds, place))) placed.bytes[place] = bytes;
  }
}
