import { formatDeviation } from "../format/percent";
import type { NodeId } from "./node";
import { listOf } from "./node-names";
import type { PlanNode, RebalancePlan } from "./rebalance";

/** What a plan comes to, in one or two sentences. */
export function planSentence(plan: RebalancePlan, names: ReadonlyMap<NodeId, string>): string {
  if (plan.moves.length === 0) {
    return plan.drainOnly ? "No closed node holds a shard group." : "Already balanced by this strategy.";
  }
  return [balanceSentence(plan), emptiedSentence(plan, names), spreadSentence(plan)].filter(Boolean).join(" ");
}

function balanceSentence({ busiest, busiestAfter }: RebalancePlan): string {
  if (busiest === null || busiestAfter === null) return "";
  return `Busiest node: ${formatDeviation(busiest)} of the mean now, ${formatDeviation(busiestAfter)} after.`;
}

function emptiedSentence({ nodes }: RebalancePlan, names: ReadonlyMap<NodeId, string>): string {
  const emptied = nodes.filter((node) => node.groups > 0 && node.groupsAfter === 0);
  return emptied.length === 0
    ? ""
    : `Empties ${listOf(emptied.map((node) => names.get(node.nodeId) ?? `node ${node.nodeId}`))}.`;
}

function spreadSentence({ nodes }: RebalancePlan): string {
  const after = nodes.filter(counts).map((node) => node.groupsAfter);
  const [least, most] = [Math.min(...after), Math.max(...after)];
  if (after.length === 0) return "";
  return least === most
    ? `Every node then holds ${most} shard groups.`
    : `Nodes then hold ${least} to ${most} shard groups.`;
}

const counts = (node: PlanNode) => node.counts;
