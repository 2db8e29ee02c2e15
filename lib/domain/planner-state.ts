import { bentleySort } from "./bentley-sort";
import { insert, type RankList, rankList, remove } from "./rank-list";
import type { PlannerGroup, PlannerNode } from "./rebalance-plan";

/** The nodes as the search sees them, by their position; the same for all groups. Numbers are 32-bit floats. */
export type PlannerNodes = {
  ids: readonly number[];
  indexOf: ReadonlyMap<number, number>;
  closed: readonly boolean[];
  disallowed: readonly (ReadonlySet<number> | undefined)[];
  capacities: Float32Array;
  /** Of all nodes, added up in their order. */
  capacity: number;
  /** Positions in the order of a group that has no shards yet. */
  whenEmpty: readonly number[];
};

/**
 * One group under way. Its placements are numbered by rank: dearest first, of equals the lower shard id. So the shards of a node
 * in the order in which they are tried are its ranks, ascending.
 */
export type GroupState = {
  nodes: PlannerNodes;
  shardIds: Float64Array;
  costs: Float32Array;
  /** By rank: the node that holds it now. */
  holders: Int32Array;
  /** The nodes of each shard that has several placements; null: none has. */
  copies: Map<number, Set<number>> | null;
  held: (RankList | undefined)[];
  nodeCosts: Float32Array;
  utilizations: Float32Array;
  /** Emptiest first; of equals the larger, then the lower id. Read from the end it is the order of sources. */
  order: number[];
  cost: number;
  /** Ranks of what lies where it may not, in the order in which it leaves. */
  misplaced: number[];
};

const f32 = Math.fround;

export function plannerNodes(nodes: readonly PlannerNode[]): PlannerNodes {
  const capacities = Float32Array.from(nodes, (node) => (node.mayHoldShards ? (node.capacity ?? 1) : 0));
  const empty = capacities.map((capacity) => utilizationOf(0, capacity));
  const ids = nodes.map((node) => node.id);
  return {
    ids,
    indexOf: new Map(ids.map((id, index) => [id, index])),
    closed: nodes.map((node) => !node.mayHoldShards),
    disallowed: nodes.map((node) => node.disallowed),
    capacities,
    capacity: capacities.reduce((sum, capacity) => f32(sum + capacity), 0),
    whenEmpty: ids.map((_, index) => index).sort((a, b) => compareNodes(ids, capacities, empty, a, b)),
  };
}

/** Utilization is cost over capacity; a node without capacity counts as full beyond measure. */
export function utilizationOf(cost: number, capacity: number): number {
  return capacity <= 0 ? Number.POSITIVE_INFINITY : f32(cost / capacity);
}

function compareNodes(ids: readonly number[], capacities: Float32Array, used: Float32Array, a: number, b: number) {
  const [mine, other] = [used[a] ?? 0, used[b] ?? 0];
  if (mine !== other) return mine < other ? -1 : 1;
  return (capacities[b] ?? 0) - (capacities[a] ?? 0) || (ids[a] ?? 0) - (ids[b] ?? 0);
}

export function isAllowed({ nodes }: GroupState, shardId: number, node: number): boolean {
  return !nodes.closed[node] && nodes.disallowed[node]?.has(shardId) !== true;
}

export function holds({ copies, holders, shardIds }: GroupState, rank: number, node: number): boolean {
  return copies?.get(shardIds[rank] ?? 0)?.has(node) ?? holders[rank] === node;
}

/**
 * Placements on nodes that are not there are left out. Costs are added up in the order in which the placements are given.
 *
 * @param hasCitusTies copies of one shard that all have to leave do so in the order that Citus' sort leaves them in
 */
export function groupState(nodes: PlannerNodes, group: PlannerGroup, hasCitusTies: boolean): GroupState {
  const placements = group.filter((one) => nodes.indexOf.has(one.nodeId));
  const nodeOf = (index: number) => nodes.indexOf.get(placements[index]?.nodeId ?? 0) ?? 0;
  const given = Float32Array.from(placements, (one) => one.cost);
  const byRank = Int32Array.from(placements, (_, index) => index).sort(
    (a, b) =>
      (given[b] ?? 0) - (given[a] ?? 0) || (placements[a]?.shardId ?? 0) - (placements[b]?.shardId ?? 0) || a - b,
  );
  const state: GroupState = {
    nodes,
    shardIds: Float64Array.from(byRank, (index) => placements[index]?.shardId ?? 0),
    costs: Float32Array.from(byRank, (index) => given[index] ?? 0),
    holders: Int32Array.from(byRank, nodeOf),
    copies: null,
    held: [],
    nodeCosts: new Float32Array(nodes.ids.length),
    utilizations: nodes.capacities.map((capacity) => utilizationOf(0, capacity)),
    order: [...nodes.whenEmpty],
    cost: 0,
    misplaced: [],
  };
  given.forEach((cost, index) => {
    const node = nodeOf(index);
    state.cost = f32(state.cost + cost);
    state.nodeCosts[node] = (state.nodeCosts[node] ?? 0) + cost;
  });
  settle(state);
  if (hasCitusTies && state.copies) state.misplaced = inCitusOrder(state, byRank);
  return state;
}

/** Fills in what follows from who holds what. */
function settle(state: GroupState): void {
  const ranksOf: number[][] = [];
  const copies = new Map<number, Set<number>>();
  state.holders.forEach((node, rank) => {
    const shardId = state.shardIds[rank] ?? 0;
    const ranks = ranksOf[node];
    if (ranks) ranks.push(rank);
    else ranksOf[node] = [rank];
    const known = copies.get(shardId);
    if (known) known.add(node);
    else copies.set(shardId, new Set([node]));
    if (!isAllowed(state, shardId, node)) state.misplaced.push(rank);
  });
  if (copies.size < state.holders.length) state.copies = copies;
  ranksOf.forEach((ranks, node) => {
    state.held[node] = rankList(Int32Array.from(ranks));
    reckon(state, node);
  });
  state.order.sort((a, b) => compareNodes(state.nodes.ids, state.nodes.capacities, state.utilizations, a, b));
}

/** Only copies of one shard compare equal; of those the sort decides, which starts from the order in which they were given. */
function inCitusOrder({ costs, shardIds, misplaced }: GroupState, byRank: Int32Array): number[] {
  const given = misplaced.toSorted((a, b) => (byRank[a] ?? 0) - (byRank[b] ?? 0));
  return bentleySort(given, (a, b) => (costs[b] ?? 0) - (costs[a] ?? 0) || (shardIds[a] ?? 0) - (shardIds[b] ?? 0));
}

function reckon({ nodes, nodeCosts, utilizations }: GroupState, node: number): void {
  utilizations[node] = utilizationOf(nodeCosts[node] ?? 0, nodes.capacities[node] ?? 0);
}

/** Moves one placement to a node, and puts both nodes where they now belong. */
export function apply(state: GroupState, rank: number, to: number): void {
  const from = state.holders[rank] ?? 0;
  const cost = state.costs[rank] ?? 0;
  const copies = state.copies?.get(state.shardIds[rank] ?? 0);
  copies?.delete(from);
  copies?.add(to);
  state.holders[rank] = to;
  const source = state.held[from];
  if (source) remove(source, rank);
  state.held[to] ??= rankList(new Int32Array(0));
  insert(state.held[to], rank);
  state.nodeCosts[from] = (state.nodeCosts[from] ?? 0) - cost;
  state.nodeCosts[to] = (state.nodeCosts[to] ?? 0) + cost;
  for (const node of [from, to]) {
    reckon(state, node);
    state.order.splice(state.order.indexOf(node), 1);
  }
  for (const node of [from, to]) state.order.splice(placeOf(state, node), 0, node);
}

function placeOf({ nodes, utilizations, order }: GroupState, node: number): number {
  let [low, high] = [0, order.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareNodes(nodes.ids, nodes.capacities, utilizations, order[middle] ?? 0, node) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
