import type { NodeId } from "./node";
import type { PlannerInput } from "./planner-input";
import type { PlannerRules } from "./planner-rules";
import type { PlannerPlacement } from "./rebalance-plan";
import type { Scenario } from "./what-if";

/** A shard group, by its lowest shard, from where it is to another node. */
export type HandMove = { shardId: number; from: NodeId; to: NodeId };

/** Nodes and placements of the planner's input as the scenario has them. */
export function layoutIn(
  input: PlannerInput,
  rules: PlannerRules,
  { doubled, isSplit, byHand }: Scenario,
): Pick<PlannerInput, "nodes" | "groups"> {
  const nodes = input.nodes.map((node) =>
    node.id === doubled ? { ...node, capacity: 2 * (node.capacity ?? 1) } : node,
  );
  const put = new Map(byHand.map(({ shardId, from, to }) => [`${shardId} ${from}`, to]));
  const groups = input.groups.map((group) =>
    group
      .map((one) => ({ ...one, nodeId: put.get(`${input.groupOf.get(one.shardId)?.id} ${one.nodeId}`) ?? one.nodeId }))
      .flatMap((one) => (isSplit ? halvesOf(one, input, rules) : [one])),
  );
  return { nodes, groups };
}

/** Ids of their own, in the order of the groups': both halves, or the whole where there is nothing to split by. */
function halvesOf(one: PlannerPlacement, { groupOf }: PlannerInput, { costs }: PlannerRules): PlannerPlacement[] {
  const { shardId, cost } = one;
  if ((groupOf.get(shardId)?.min ?? null) === null) return [{ ...one, shardId: 2 * shardId }];
  const base = typeof costs === "object" && "baseBytes" in costs ? costs.baseBytes : 0;
  const half = costs === "count" ? 1 : (cost - base) / 2 + base;
  return [0, 1].map((index) => ({ ...one, shardId: 2 * shardId + index, cost: half }));
}
