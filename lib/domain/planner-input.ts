import type { ClusterPicture } from "./cluster-picture";
import type { PlannerGroup, PlannerNode } from "./rebalance-plan";
import { isMovable, type ShardGroup } from "./shard-groups";
import { type ShippedStrategy, shippedCost } from "./shipped-strategies";

export type PlannerInput = { nodes: PlannerNode[]; groups: PlannerGroup[] };

/**
 * What the planner needs, from what is measured. Each colocation group is balanced by itself; those with fewer placements than
 * there are nodes for them are balanced together, or single-shard tables would all stay on one node (11.3 and newer).
 *
 * @returns null where by_disk_size lacks the size of a shard: then nothing can be said
 */
export function plannerInputOf(picture: ClusterPicture, strategy: ShippedStrategy): PlannerInput | null {
  const active = picture.primaries.filter((node) => node.isActive);
  const nodeOfGroup = new Map(active.map((node) => [node.groupId, node.id]));
  const eligible = active.filter((node) => node.mayHoldShards).length;
  const byColocation = Map.groupBy(
    picture.groups.filter(isMovable),
    (group) => group.colocationId || `shard ${group.id}`,
  );
  const groups: PlannerGroup[] = [];
  const small: PlannerGroup[number][] = [];
  for (const members of byColocation.values()) {
    const placements = placementsOf(members, nodeOfGroup, strategy);
    if (!placements) return null;
    if (placements.length >= eligible) groups.push(placements);
    else small.push(...placements);
  }
  if (small.length > 0) groups.push(small);
  return { nodes: active.map(({ id, mayHoldShards }) => ({ id, mayHoldShards })), groups };
}

function placementsOf(
  members: readonly ShardGroup[],
  nodeOfGroup: ReadonlyMap<number, number>,
  strategy: ShippedStrategy,
) {
  const placements: PlannerGroup[number][] = [];
  for (const group of members) {
    const cost = shippedCost(strategy, group.bytes);
    if (cost === null) return null;
    for (const groupId of group.groupIds) {
      const nodeId = nodeOfGroup.get(groupId);
      if (nodeId !== undefined) placements.push({ shardId: group.id, nodeId, cost });
    }
  }
  return placements;
}
