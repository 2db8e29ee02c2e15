import { countOf } from "../format/count";
import { type ClusterPicture, tableName } from "./cluster-picture";
import type { ClusterSnapshot, SnapshotShard } from "./cluster-snapshot";
import type { ClusterNode } from "./node";
import { type PlannerInput, plannerInputOf, shippedWeighing } from "./planner-input";
import type { PlannerRules } from "./planner-rules";
import type { PlannerPlacement } from "./rebalance-plan";
import type { ShardGroup } from "./shard-groups";

/** The name under which small colocation groups stand in a snapshot: Citus balances them together. */
const SMALL = "small groups";

/**
 * A cluster as the file that `shardboard plan` takes, in the order in which Citus would plan it.
 *
 * @param rules of a strategy: what its own functions say then stands in the file
 */
export function snapshotOf(
  picture: ClusterPicture,
  tableOids: readonly number[],
  rules: PlannerRules | null,
): { snapshot: ClusterSnapshot; warnings: string[] } {
  const own = rules && { ...rules, costs: isOwn(rules.costs) ? rules.costs : ("count" as const) };
  const input = plannerInputOf(picture, own ?? shippedWeighing("by_shard_count"), tableOids);
  if (!input) throw new Error(`${rules?.name ?? "The strategy"} says no cost of some shard.`);
  const hasCosts = rules !== null && isOwn(rules.costs);
  const active = new Map(picture.primaries.map((node) => [node.id as number, node]));
  const shards = input.groups.flatMap((group) =>
    [...group]
      .sort((a, b) => a.shardId - b.shardId || a.nodeId - b.nodeId)
      .flatMap((one) => {
        const [shardGroup, node] = [input.groupOf.get(one.shardId), active.get(one.nodeId)];
        return shardGroup && node
          ? entriesOf(picture, shardGroup, node, nameOf(group, input), hasCosts ? one.cost : null)
          : [];
      }),
  );
  const snapshot = { nodes: input.nodes.map((one) => nodeEntry(one, active.get(one.id))), shards };
  return { snapshot, warnings: warningsOf(picture, shards, hasCosts) };
}

const isOwn = (costs: PlannerRules["costs"]) => typeof costs === "object" && "costs" in costs;

function nodeEntry({ id, capacity, disallowed }: PlannerInput["nodes"][number], node: ClusterNode | undefined) {
  return {
    id,
    host: node?.host ?? "",
    port: node?.port ?? 0,
    shouldHaveShards: node?.mayHoldShards ?? false,
    ...(capacity !== undefined && capacity !== 1 && { capacity }),
    ...(disallowed && disallowed.size > 0 && { disallowedShards: [...disallowed] }),
  };
}

function nameOf(group: readonly PlannerPlacement[], { groupOf }: PlannerInput): number | string {
  const ids = new Set(group.map((one) => colocationName(groupOf.get(one.shardId))));
  const [only = SMALL, ...more] = ids;
  return more.length > 0 ? SMALL : only;
}

const colocationName = (group: ShardGroup | undefined) =>
  group && group.colocationId !== 0 ? group.colocationId : `table ${group?.tableOids[0]}`;

/** One entry for each shard of the group on the node. A cost is the group's, so its first shard says it for all. */
function entriesOf(
  picture: ClusterPicture,
  group: ShardGroup,
  node: ClusterNode,
  colocationGroup: number | string,
  cost: number | null,
): SnapshotShard[] {
  const { tableOids, shardIds } = group;
  return shardIds.map((id, index) => {
    const bytes = picture.sizes(id, node.groupId);
    return {
      id,
      colocationGroup,
      shardGroup: group.id,
      table: tableName(picture, tableOids[index] ?? 0),
      ...(bytes !== null && { bytes }),
      ...(cost !== null && index === 0 && { cost }),
      nodeId: node.id,
    };
  });
}

function warningsOf(picture: ClusterPicture, shards: readonly SnapshotShard[], hasCosts: boolean): string[] {
  const inactive = picture.primaries.filter((node) => !node.isActive).length;
  const unknown = hasCosts ? 0 : shards.filter((shard) => shard.bytes === undefined).length;
  return [
    ...(inactive > 0 ? [`${countOf(inactive, "node")} not active: left out, with what is there.`] : []),
    ...(unknown > 0 ? [`${countOf(unknown, "placement")} without a size: a node did not say it.`] : []),
  ];
}
