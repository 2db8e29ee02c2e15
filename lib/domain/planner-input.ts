import type { ClusterPicture } from "./cluster-picture";
import type { ClusterNode, NodeId } from "./node";
import { inHashOrder } from "./placement-hash";
import type { PlannerRules } from "./planner-rules";
import type { PlannerGroup, PlannerNode, PlannerPlacement } from "./rebalance-plan";
import { isMovable, type ShardGroup } from "./shard-groups";
import { type ShippedStrategy, shippedCost } from "./shipped-strategies";

export type PlannerInput = {
  nodes: PlannerNode[];
  groups: PlannerGroup[];
  /** The shard group behind each id that the planner uses: that of the first table's shard. */
  groupOf: ReadonlyMap<number, ShardGroup>;
};

/** What of a strategy the input hangs on. */
export type Weighing = Pick<PlannerRules, "costs" | "capacities" | "disallowed">;

/** How a shipped strategy weighs: known without asking. */
export function shippedWeighing(strategy: ShippedStrategy): Weighing {
  return {
    costs: strategy === "by_shard_count" ? "count" : { baseBytes: shippedCost(strategy, 0) ?? 0 },
    capacities: [],
    disallowed: [],
  };
}

/**
 * What the planner needs, from what is measured. Each colocation group is balanced by itself; those with fewer placements than
 * there are nodes for them are balanced together, or single-shard tables would all stay on one node (11.3 and newer).
 *
 * @param tableOids tables in the order in which Citus takes them, where it is known: it decides which group comes first
 * @param parts into how many each group of a hash-distributed table is thought to be split
 * @returns null where the strategy asks for the size of a shard that is not known: then nothing can be said
 */
export function plannerInputOf(
  picture: Pick<ClusterPicture, "primaries" | "groups">,
  { costs, capacities, disallowed }: Weighing,
  tableOids: readonly number[] = [],
  parts = 1,
): PlannerInput | null {
  const active = picture.primaries.filter((node) => node.isActive).sort(byAddress);
  const activeIn = new Map(active.map((node) => [node.groupId, node]));
  const eligible = active.filter((node) => node.mayHoldShards).length;
  const costOf = costsBy(costs);
  const groupOf = new Map<number, ShardGroup>();
  const groups: PlannerPlacement[][] = [];
  const small: PlannerPlacement[] = [];
  for (const { members, shardOf } of colocated(picture, tableOids)) {
    const placements: PlannerPlacement[] = [];
    for (const group of members) {
      const shardId = shardOf(group);
      const cost = costOf(group, shardId);
      if (cost === null) return null;
      groupOf.set(shardId, group);
      for (const groupId of group.holdersOf(shardId)) {
        const node = activeIn.get(groupId);
        if (node) placements.push({ shardId, nodeId: node.id, cost });
      }
    }
    placements.sort((a, b) => a.shardId - b.shardId);
    const thought = placements.length * (members[0]?.min === null ? 1 : parts);
    if (thought >= eligible) groups.push(placements);
    else small.push(...placements);
  }
  if (small.length > 0) groups.push(small);
  const capacityOf = new Map(capacities.map(({ nodeId, capacity }) => [nodeId, capacity]));
  const deniedOn = new Map(disallowed.map(({ nodeId, shardIds }) => [nodeId, new Set(shardIds)]));
  return {
    nodes: active.map((node) => nodeOf(node, capacityOf, deniedOn)),
    groups: groups.map((placements) => inHashOrder(placements, active)),
    groupOf,
  };
}

function nodeOf(
  { id, mayHoldShards }: ClusterNode,
  capacityOf: ReadonlyMap<NodeId, number>,
  deniedOn: ReadonlyMap<NodeId, ReadonlySet<number>>,
): PlannerNode {
  const disallowed = deniedOn.get(id);
  return { id, mayHoldShards, capacity: capacityOf.get(id) ?? 1, ...(disallowed && { disallowed }) };
}

/** The order in which Citus adds up capacities. */
const byAddress = (a: ClusterNode, b: ClusterNode) => (a.host === b.host ? a.port - b.port : a.host < b.host ? -1 : 1);

function costsBy(costs: Weighing["costs"]): (group: ShardGroup, shardId: number) => number | null {
  if (costs === "count") return () => 1;
  if ("baseBytes" in costs) {
    return ({ bytes }) => (bytes === null ? null : Math.max(1, bytes + costs.baseBytes));
  }
  const said = new Map(costs.shardIds.map((id, index) => [id, costs.costs[index] ?? null]));
  return (_, shardId) => said.get(shardId) ?? null;
}

type Colocated = { members: ShardGroup[]; shardOf: (group: ShardGroup) => number };

/** Colocation groups as Citus comes upon them. Each is spoken for by its first table, whose shards stand for theirs. */
function colocated(picture: Pick<ClusterPicture, "groups">, tableOids: readonly number[]): Colocated[] {
  const byColocation = Map.groupBy(
    picture.groups.filter(isMovable),
    (group) => group.colocationId || `table ${group.tableOids[0]}`,
  );
  const rank = new Map(tableOids.map((oid, index) => [oid, index]));
  const last = tableOids.length;
  return [...byColocation.values()]
    .map((members) => {
      const oids = members[0]?.tableOids ?? [];
      const first = oids.reduce(
        (best, oid) => ((rank.get(oid) ?? last) < (rank.get(best) ?? last) ? oid : best),
        oids[0] ?? 0,
      );
      const shardOf = ({ tableOids, shardIds, id }: ShardGroup) => shardIds[tableOids.indexOf(first)] ?? id;
      return { members, shardOf, rank: rank.get(first) ?? last };
    })
    .sort((a, b) => a.rank - b.rank);
}

/** The options of a plan by these rules; a threshold below the strategy's least is raised to it. */
export function optionsOf(
  rules: Pick<PlannerRules, "threshold" | "minimumThreshold" | "improvementThreshold">,
  threshold?: number,
) {
  return {
    threshold: Math.max(threshold ?? rules.threshold, rules.minimumThreshold),
    improvementThreshold: rules.improvementThreshold,
  };
}
