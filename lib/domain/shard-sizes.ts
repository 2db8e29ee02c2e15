import type { ClusterNode } from "./node";
import type { Sizes } from "./sizes";
import type { Shard } from "./topology";

/** How many bytes a shard has in a node group; null: nobody said. */
export type ShardSizes = (shardId: number, groupId: number) => number | null;

type BytesByShard = ReadonlyMap<number, number>;

/**
 * The measured sizes by shard and node group. Only primaries count: a secondary shares its primary's group, and its copy
 * is the same data. A node that did not answer, and a shard its node left out, are unknown.
 *
 * Layout is read more often than sizes, so a shard that has just moved is not in its new node's answer yet. It keeps the
 * size that was measured where it came from, or the numbers of a rebalance would go blank after every move.
 */
export function shardSizesOf(
  sizes: Sizes | null,
  nodes: readonly ClusterNode[],
  shards: readonly Shard[] = [],
): ShardSizes {
  const groupOf = new Map(nodes.filter((node) => node.role === "primary").map((node) => [node.id, node.groupId]));
  const measured = new Map<number, BytesByShard>();
  for (const answer of sizes?.answers ?? []) {
    const groupId = groupOf.get(answer.nodeId);
    if (answer.ok && groupId !== undefined) measured.set(groupId, new Map(answer.value));
  }
  const moved = measuredElsewhere(measured, shards);
  return (shardId, groupId) => {
    const answer = measured.get(groupId);
    return answer ? (answer.get(shardId) ?? moved.get(shardId) ?? null) : null;
  };
}

/** Sizes told by nodes that do not hold the shard any more. */
function measuredElsewhere(measured: ReadonlyMap<number, BytesByShard>, shards: readonly Shard[]): BytesByShard {
  const places = new Map(shards.map((shard) => [shard.id, shard.groupIds]));
  const moved = new Map<number, number>();
  for (const [groupId, answer] of measured) {
    for (const [shardId, bytes] of answer) {
      if (places.get(shardId)?.includes(groupId) === false) moved.set(shardId, bytes);
    }
  }
  return moved;
}
