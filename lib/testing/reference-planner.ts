import type {
  PlannerGroup,
  PlannerMove,
  PlannerNode,
  PlannerOptions,
  PlannerPlacement,
} from "@/lib/domain/rebalance-plan";

/**
 * Citus' rebalance algorithm written down as plainly as it is described: everything is sorted again after every move, and every pair
 * of nodes is searched every time. What the planner is compared with.
 */

type Held = { shardId: number; cost: number };
type Load = { node: PlannerNode; id: number; capacity: number; cost: number; utilization: number; held: Held[] };
type State = { loads: Load[]; byId: Map<number, Load>; cost: number; capacity: number; misplaced: PlannerPlacement[] };

const f32 = Math.fround;

/** The moves in the order in which Citus would make them. What may be nowhere stays where it is. */
export function referenceMoves(
  nodes: readonly PlannerNode[],
  groups: readonly PlannerGroup[],
  options: PlannerOptions,
): PlannerMove[] {
  const states = groups.map((group) => stateOf(nodes, group));
  const moves: PlannerMove[] = [];
  // Whatever lies on a closed node leaves it first, in every group, before anything is balanced.
  for (const state of states) evacuate(state, moves);
  if (options.drainOnly) return moves;
  const most = options.maxMoves ?? Number.POSITIVE_INFINITY;
  for (const state of states) {
    for (let move = findMove(state, options); move && moves.length < most; move = findMove(state, options)) {
      apply(state, move, moves);
    }
  }
  return moves;
}

function stateOf(nodes: readonly PlannerNode[], group: PlannerGroup): State {
  const loads = nodes.map((node): Load => {
    const capacity = node.mayHoldShards ? f32(node.capacity ?? 1) : 0;
    return { node, id: node.id, capacity, cost: 0, utilization: 0, held: [] };
  });
  const state: State = {
    loads,
    byId: new Map(loads.map((load) => [load.id, load])),
    cost: 0,
    capacity: 0,
    misplaced: [],
  };
  for (const load of loads) state.capacity = f32(state.capacity + load.capacity);
  for (const placement of group) {
    const load = state.byId.get(placement.nodeId);
    if (!load) continue;
    const cost = f32(placement.cost);
    load.held.push({ shardId: placement.shardId, cost });
    load.cost = f32(load.cost + cost);
    state.cost = f32(state.cost + cost);
    if (!isAllowed(load, placement.shardId)) state.misplaced.push({ ...placement, cost });
  }
  for (const load of loads) {
    load.held.sort(dearestFirst);
    load.utilization = utilizationOf(load, 0);
  }
  state.misplaced.sort(dearestFirst);
  sort(state);
  return state;
}

function dearestFirst(a: Held, b: Held): number {
  return b.cost - a.cost || a.shardId - b.shardId;
}

/** Utilization with `more` on top; a node without capacity counts as full beyond measure. */
function utilizationOf(load: Load, more: number): number {
  return load.capacity <= 0 ? Number.POSITIVE_INFINITY : f32(f32(load.cost + more) / load.capacity);
}

/** Emptiest first; of equals the larger, then the lower id. Read from the end it is the order of sources. */
function sort(state: State): void {
  state.loads.sort((a, b) => compare(a.utilization, b.utilization) || b.capacity - a.capacity || a.id - b.id);
}

const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);

const isAllowed = ({ node }: Load, shardId: number) => node.mayHoldShards && !node.disallowed?.has(shardId);

const holds = (load: Load, shardId: number) => load.held.some((one) => one.shardId === shardId);

function evacuate(state: State, moves: PlannerMove[]): void {
  for (const { shardId, nodeId } of state.misplaced) {
    const target = state.loads.find((load) => isAllowed(load, shardId) && !holds(load, shardId));
    if (target) apply(state, { shardId, from: nodeId, to: target.id }, moves);
  }
}

function apply(state: State, move: PlannerMove, moves: PlannerMove[]): void {
  const [source, target] = [state.byId.get(move.from), state.byId.get(move.to)];
  const index = source?.held.findIndex((one) => one.shardId === move.shardId) ?? -1;
  const shard = source?.held[index];
  if (!source || !target || !shard) return;
  source.held.splice(index, 1);
  source.cost = f32(source.cost - shard.cost);
  target.cost = f32(target.cost + shard.cost);
  const place = target.held.findIndex((one) => dearestFirst(shard, one) < 0);
  target.held.splice(place < 0 ? target.held.length : place, 0, shard);
  source.utilization = utilizationOf(source, 0);
  target.utilization = utilizationOf(target, 0);
  sort(state);
  moves.push(move);
}

function findMove(state: State, { threshold, improvementThreshold }: PlannerOptions): PlannerMove | null {
  const mean = f32(state.cost / state.capacity);
  if (Number.isNaN(mean)) return null;
  const lower = f32((1 - f32(threshold)) * mean);
  const upper = f32((1 + f32(threshold)) * mean);
  for (const source of state.loads.toReversed()) {
    if (source.utilization <= lower) return null;
    for (const target of state.loads) {
      if (target.utilization >= upper) break;
      if (target.utilization >= lower && source.utilization <= upper) break;
      const shard = source.held.find((one) => isWorth(source, target, one, f32(improvementThreshold)));
      if (shard) return { shardId: shard.shardId, from: source.id, to: target.id };
    }
  }
  return null;
}

function isWorth(source: Load, target: Load, shard: Held, improvementThreshold: number): boolean {
  if (!isAllowed(target, shard.shardId) || holds(target, shard.shardId)) return false;
  const newTarget = utilizationOf(target, shard.cost);
  const newSource = utilizationOf(source, -shard.cost);
  if (newTarget <= newSource) return true;
  if (newTarget > source.utilization) return false;
  if (newTarget === source.utilization && newSource <= target.utilization) return false;
  const improvement = Math.max(f32(source.utilization - newTarget), f32(newSource - target.utilization));
  const added = Math.min(f32(newTarget - target.utilization), f32(source.utilization - newSource));
  return !(f32(improvement / added) < improvementThreshold);
}
