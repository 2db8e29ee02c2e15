import type { ClusterPicture } from "./cluster-picture";
import { type ClusterNode, type NodeId, nodeIdSchema } from "./node";
import { optionsOf, type PlannerInput, plannerInputOf } from "./planner-input";
import type { PlannerRules } from "./planner-rules";
import type { PlanNode } from "./rebalance";
import { planRebalance } from "./rebalance-plan";
import { type HandMove, layoutIn } from "./what-if-layout";

/** A cluster that is not there: as it is but for these. */
export type Scenario = {
  addedNodes: number;
  /** Taken out of the places for shards. */
  without: NodeId | null;
  /** Of twice the capacity. */
  doubled: NodeId | null;
  /** Each shard group of a hash-distributed table in two halves. */
  isSplit: boolean;
  /** Shard groups that somebody put elsewhere, before anything is planned. */
  byHand: readonly HandMove[];
};

export const AS_IT_IS: Scenario = { addedNodes: 0, without: null, doubled: null, isSplit: false, byHand: [] };

export type WhatIf = {
  moves: number;
  /** null: the size of some shard group that moves is not known. */
  bytes: number | null;
  /** The first of them, by the lowest shard of each group. Of a cluster that is not there they cannot be run. */
  first: { shardId: number; from: number; to: number }[];
  nodes: PlanNode[];
  /** Shard groups that may not stay where they are and have nowhere to go. */
  stuck: number;
  hasIgnored: boolean;
};

/** Moves that are told one by one. */
const TOLD = 50;

/**
 * What a strategy would do in a scenario, by our own run of Citus' algorithm: nothing is sent to the cluster.
 *
 * @param threshold null: the strategy's own
 * @returns null where the strategy asks for the size of a shard that is not known
 */
export function whatIf(
  picture: ClusterPicture,
  rules: PlannerRules,
  tableOids: readonly number[],
  scenario: Scenario,
  threshold: number | null,
): WhatIf | null {
  const primaries = primariesIn(picture, scenario);
  const input = plannerInputOf({ primaries, groups: picture.groups }, rules, tableOids, scenario.isSplit ? 2 : 1);
  if (!input) return null;
  const { nodes, groups } = layoutIn(input, rules, scenario);
  const plan = planRebalance(nodes, groups, { ...optionsOf(rules, threshold ?? undefined), hasCitusTies: true });
  const bytesOf = (shardId: number) => bytesIn(input, shardId, scenario);
  const first = plan.moves.slice(0, TOLD).map(({ shardId, from, to }) => ({
    shardId: groupBehind(input, shardId, scenario)?.id ?? shardId,
    from,
    to,
  }));
  const at = new Map<number, Map<number, number>>();
  const sums = new Map(primaries.map((node) => [node.id as number, emptyNode(node)]));
  for (const { shardId, nodeId } of groups.flat()) {
    const node = sums.get(nodeId);
    if (node) count(node, "before", 1, bytesOf(shardId));
  }
  for (const { shardId, from, to } of plan.moves) {
    for (const [nodeId, sign] of [
      [from, -1],
      [to, 1],
    ] as const) {
      const of = at.get(nodeId) ?? new Map<number, number>();
      of.set(shardId, (of.get(shardId) ?? 0) + sign);
      at.set(nodeId, of);
    }
  }
  for (const [nodeId, node] of sums) {
    Object.assign(node, { groupsAfter: node.groups, bytesAfter: node.bytes });
    for (const [shardId, times] of at.get(nodeId) ?? []) if (times !== 0) count(node, "after", times, bytesOf(shardId));
  }
  return {
    moves: plan.moves.length,
    bytes: plan.moves.reduce<number | null>((sum, move) => plus(sum, bytesOf(move.shardId)), 0),
    first,
    nodes: [...sums.values()].filter((node) => node.counts || node.groups > 0 || node.groupsAfter > 0),
    stuck: plan.stuck.length,
    hasIgnored: plan.hasIgnored,
  };
}

/** The nodes that the scenario has, new ones after the others. */
export function primariesIn(picture: Pick<ClusterPicture, "primaries">, scenario: Scenario): ClusterNode[] {
  const { primaries } = picture;
  const highest = (of: (node: ClusterNode) => number) => primaries.reduce((most, node) => Math.max(most, of(node)), 0);
  const added = Array.from(
    { length: scenario.addedNodes },
    (_, index): ClusterNode => ({
      id: nodeIdSchema.parse(highest((node) => node.id) + index + 1),
      groupId: highest((node) => node.groupId) + index + 1,
      host: `new-${index + 1}`,
      port: 5432,
      role: "primary",
      isActive: true,
      hasMetadata: true,
      metadataSynced: true,
      mayHoldShards: true,
      isClone: false,
      cloneOf: null,
      placementCount: 0,
    }),
  );
  return [
    ...primaries.map((node) => (node.id === scenario.without ? { ...node, mayHoldShards: false } : node)),
    ...added,
  ];
}

function groupBehind({ groupOf }: PlannerInput, shardId: number, { isSplit }: Scenario) {
  return groupOf.get(isSplit ? Math.floor(shardId / 2) : shardId) ?? groupOf.get(shardId);
}

/** Of a group; of half of one where the scenario splits it. */
function bytesIn(input: PlannerInput, shardId: number, scenario: Scenario): number | null {
  const group = groupBehind(input, shardId, scenario);
  if (!group || group.bytes === null) return null;
  return scenario.isSplit && group.min !== null ? group.bytes / 2 : group.bytes;
}

function emptyNode(node: ClusterNode): PlanNode {
  return {
    nodeId: node.id,
    counts: node.isActive && node.mayHoldShards,
    groups: 0,
    groupsAfter: 0,
    bytes: 0,
    bytesAfter: 0,
  };
}

const plus = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);

function count(node: PlanNode, when: "before" | "after", times: number, bytes: number | null): void {
  const all = bytes === null ? null : bytes * times;
  if (when === "before") Object.assign(node, { groups: node.groups + times, bytes: plus(node.bytes, all) });
  else Object.assign(node, { groupsAfter: node.groupsAfter + times, bytesAfter: plus(node.bytesAfter, all) });
}
