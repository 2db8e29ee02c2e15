import "server-only";
import { addressOf, type ClusterNode, type NodeId } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";
import { type ShardGroup, shardGroupsOf } from "@/lib/domain/shard-groups";
import type { CitusTable } from "@/lib/domain/topology";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { type NodesNow, nodeOf, readNodesNow } from "@/server/nodes/now";

/** The layout as it is now, from the coordinator's catalogs. Sizes are asked for apart, of the nodes that matter. */
export type LayoutNow = NodesNow & { groups: ShardGroup[]; names: ReadonlyMap<NodeId, string> };

export async function readLayoutNow(target: Target): Promise<LayoutNow> {
  const now = await readNodesNow(target);
  return { ...now, groups: shardGroupsOf(now.topology, () => null), names: shortNames(now.nodes) };
}

export function findGroup({ groups }: LayoutNow, shardId: number): ShardGroup | undefined {
  return groups.find((one) => one.shardIds.includes(shardId));
}

/** The group that a shard belongs to now. @throws AppError `not_found` */
export function groupOfShard(now: LayoutNow, shardId: number): ShardGroup {
  const group = findGroup(now, shardId);
  if (!group)
    throw new AppError("not_found", `There is no shard ${shardId} any more: it was split, or its table is gone.`);
  return group;
}

export function tablesOf({ topology }: LayoutNow, group: ShardGroup): CitusTable[] {
  return topology.tables.filter((table) => group.tableOids.includes(table.oid));
}

export function placeOf({ nodes }: LayoutNow, nodeId: NodeId): ClusterNode {
  return nodeOf(nodes, nodeId);
}

export function nameOfNode({ names }: LayoutNow, node: ClusterNode): string {
  return names.get(node.id) ?? addressOf(node);
}
