import type { ClusterNode } from "./node";
import type { Sizes } from "./sizes";

/** How many bytes a shard has in a node group; null: nobody said. */
export type ShardSizes = (shardId: number, groupId: number) => number | null;

/**
 * The measured sizes by shard and node group. Only primaries count: a secondary shares its primary's group, and its copy
 * is the same data. A node that did not answer, and a shard its node left out, are unknown.
 */
export function shardSizesOf(sizes: Sizes | null, nodes: readonly ClusterNode[]): ShardSizes {
  const groupOf = new Map(nodes.filter((node) => node.role === "primary").map((node) => [node.id, node.groupId]));
  const measured = new Map<number, ReadonlyMap<number, number>>();
  for (const answer of sizes?.answers ?? []) {
    const groupId = groupOf.get(answer.nodeId);
    if (answer.ok && groupId !== undefined) measured.set(groupId, new Map(answer.value));
  }
  return (shardId, groupId) => measured.get(groupId)?.get(shardId) ?? null;
}
