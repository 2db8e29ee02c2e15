import { type GroupState, holds, isAllowed, utilizationOf } from "./planner-state";
import { firstWhere } from "./rank-list";

export type Bounds = { lower: number; upper: number; improvementThreshold: number };
export type Found = { rank: number; to: number };

/**
 * When a pair of nodes was last searched in vain, and when a node last changed, counted in moves. A pair of which neither node
 * changed since is not searched again: nothing that decides about it is different.
 */
export type Memory = { now: number; failedAt: Float64Array; changedAt: Float64Array; hasIgnored: boolean };

export function memoryFor(nodeCount: number): Memory {
  return {
    now: 1,
    failedAt: new Float64Array(nodeCount * nodeCount),
    changedAt: new Float64Array(nodeCount),
    hasIgnored: false,
  };
}

const f32 = Math.fround;

/** The next move of the greedy search: from the fullest node that has one, to the emptiest that takes it. */
export function findMove(state: GroupState, bounds: Bounds, memory: Memory): Found | null {
  const { order, utilizations } = state;
  const count = order.length;
  for (let s = count - 1; s >= 0; s--) {
    const source = order[s] ?? 0;
    const full = utilizations[source] ?? 0;
    if (full <= bounds.lower) return null;
    for (const target of order) {
      const used = utilizations[target] ?? 0;
      if (used >= bounds.upper || (used >= bounds.lower && full <= bounds.upper)) break;
      if (target === source) continue;
      const pair = source * count + target;
      const changed = Math.max(memory.changedAt[source] ?? 0, memory.changedAt[target] ?? 0);
      if ((memory.failedAt[pair] ?? 0) >= changed) continue;
      const rank = searchPair(state, source, target, bounds, memory);
      if (rank !== null) return { rank, to: target };
      memory.failedAt[pair] = memory.now;
    }
  }
  return null;
}

/** The first of the source's shards, dearest first, that is worth moving to the target. */
function searchPair(state: GroupState, source: number, target: number, bounds: Bounds, memory: Memory): number | null {
  const list = state.held[source];
  if (!list) return null;
  const pair = pairOf(state, source, target);
  // The cheaper the shard, the emptier the target stays: what is too dear comes first, all of it.
  for (let at = firstWhere(list, (rank) => isBearable(pair, state.costs[rank] ?? 0)); at < list.end; at++) {
    const rank = list.items[at] ?? 0;
    if (holds(state, rank, target) || !isAllowed(state, state.shardIds[rank] ?? 0, target)) continue;
    if (isWorth(pair, state.costs[rank] ?? 0, bounds.improvementThreshold)) return rank;
    memory.hasIgnored ||= isIgnored(pair, state.costs[rank] ?? 0);
  }
  return null;
}

type Side = { cost: number; capacity: number; utilization: number };
type Pair = { source: Side; target: Side };

function pairOf({ nodes, nodeCosts, utilizations }: GroupState, source: number, target: number): Pair {
  const side = (node: number) => ({
    cost: nodeCosts[node] ?? 0,
    capacity: nodes.capacities[node] ?? 0,
    utilization: utilizations[node] ?? 0,
  });
  return { source: side(source), target: side(target) };
}

const targetWith = ({ target }: Pair, cost: number) => utilizationOf(f32(target.cost + cost), target.capacity);
const sourceWithout = ({ source }: Pair, cost: number) => utilizationOf(f32(source.cost - cost), source.capacity);

/** Whether the target ends no fuller than the source is now, or will be. */
function isBearable(pair: Pair, cost: number): boolean {
  const filled = targetWith(pair, cost);
  return filled <= pair.source.utilization || filled <= sourceWithout(pair, cost);
}

function isWorth(pair: Pair, cost: number, improvementThreshold: number): boolean {
  const { source, target } = pair;
  const [filled, relieved] = [targetWith(pair, cost), sourceWithout(pair, cost)];
  if (filled <= relieved) return true;
  if (filled > source.utilization) return false;
  if (filled === source.utilization && relieved <= target.utilization) return false;
  const improvement = Math.max(f32(source.utilization - filled), f32(relieved - target.utilization));
  const added = Math.min(f32(filled - target.utilization), f32(source.utilization - relieved));
  // Not ">=": what is no number, 0 over 0, is let through as it is in Citus.
  return !(f32(improvement / added) < improvementThreshold);
}

/** Whether a shard that is not worth moving would have helped at least a little. */
function isIgnored(pair: Pair, cost: number): boolean {
  const [filled, relieved] = [targetWith(pair, cost), sourceWithout(pair, cost)];
  return filled < pair.source.utilization || relieved > pair.target.utilization;
}
