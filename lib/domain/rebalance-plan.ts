import { findMove, type Memory, memoryFor } from "./planner-search";
import { apply, type GroupState, groupState, holds, isAllowed, type PlannerNodes, plannerNodes } from "./planner-state";

/**
 * Citus' rebalance algorithm, as its behaviour is documented for 11.3 and newer: a greedy search that moves shard groups from the
 * fullest node to the emptiest. All sums are 32-bit floats, because Citus' are: what lies within rounding of a tie follows.
 */

export type PlannerNode = {
  id: number;
  mayHoldShards: boolean;
  /** 1 where nothing is said. */
  capacity?: number;
  /** Shards that the strategy does not allow here. */
  disallowed?: ReadonlySet<number>;
};
/** One copy of a shard group. `cost` as the strategy counts it: 1, or bytes and 100 MB. */
export type PlannerPlacement = { shardId: number; nodeId: number; cost: number };
/** The placements that are balanced against each other: those of one colocation group, or of all small ones together. */
export type PlannerGroup = readonly PlannerPlacement[];
export type PlannerMove = { shardId: number; from: number; to: number };

export type PlannerOptions = {
  /** Half the width of the band around the mean in which a node is left alone: 0.1 is ±10 %. */
  threshold: number;
  /** For a move that makes the target fuller than the source: the least gain per load that it brings. */
  improvementThreshold: number;
  maxMoves?: number;
  /** Only what lies where it may not be is moved. */
  drainOnly?: boolean;
  /** Copies of one shard that all have to leave their nodes go in the order of Citus' own sort, not in that in which they are given. */
  hasCitusTies?: boolean;
};

export type PlannerResult = {
  /** In the order in which Citus would make them. */
  moves: PlannerMove[];
  /** What may not stay where it is, and may be nowhere else. */
  stuck: { shardId: number; nodeId: number }[];
  /** The search was ended by maxMoves; there may be more to move. */
  isCutShort: boolean;
  /** Some moves would help, but less than the improvement threshold asks for. */
  hasIgnored: boolean;
};

/** Where get_rebalance_table_shards_plan() stops when nothing is said. */
const MOST_MOVES = 1_000_000;

const f32 = Math.fround;

/** The moves of a rebalance, group after group, in the order in which Citus would make them. What may be nowhere stays where it is. */
export function planRebalance(
  nodes: readonly PlannerNode[],
  groups: readonly PlannerGroup[],
  options: PlannerOptions,
): PlannerResult {
  const cluster = plannerNodes(nodes);
  const result: PlannerResult = { moves: [], stuck: [], isCutShort: false, hasIgnored: false };
  // Whatever may not stay leaves first, in every group, before anything is balanced.
  const hasCitusTies = options.hasCitusTies === true;
  const states = groups.map((group) => evacuated(cluster, group, hasCitusTies, result));
  if (options.drainOnly) return result;
  const memory = memoryFor(nodes.length);
  for (const [index, group] of groups.entries()) {
    const state = states[index] ?? groupState(cluster, group, hasCitusTies);
    result.isCutShort = !balance(state, options, memory, result);
    states[index] = null;
    if (result.isCutShort) break;
  }
  result.hasIgnored = memory.hasIgnored;
  return result;
}

/** Only the moves. */
export function planMoves(...asked: Parameters<typeof planRebalance>): PlannerMove[] {
  return planRebalance(...asked).moves;
}

/** The group after its misplaced shards have left; null where it has none, so that not every group has to be kept. */
function evacuated(
  cluster: PlannerNodes,
  group: PlannerGroup,
  hasCitusTies: boolean,
  result: PlannerResult,
): GroupState | null {
  if (!group.some((one) => isMisplaced(cluster, one))) return null;
  const state = groupState(cluster, group, hasCitusTies);
  for (const rank of state.misplaced) {
    const shardId = state.shardIds[rank] ?? 0;
    const target = state.order.find((node) => !holds(state, rank, node) && isAllowed(state, shardId, node));
    if (target !== undefined) move(state, rank, target, result);
    else result.stuck.push({ shardId, nodeId: cluster.ids[state.holders[rank] ?? 0] ?? 0 });
  }
  return state;
}

function isMisplaced({ indexOf, closed, disallowed }: PlannerNodes, { nodeId, shardId }: PlannerPlacement): boolean {
  const node = indexOf.get(nodeId);
  return node !== undefined && (closed[node] === true || disallowed[node]?.has(shardId) === true);
}

function move(state: GroupState, rank: number, to: number, { moves }: PlannerResult): void {
  const { ids } = state.nodes;
  const from = state.holders[rank] ?? 0;
  moves.push({ shardId: state.shardIds[rank] ?? 0, from: ids[from] ?? 0, to: ids[to] ?? 0 });
  apply(state, rank, to);
}

/** @returns whether the search came to its end before the last move that is allowed */
function balance(state: GroupState, options: PlannerOptions, memory: Memory, result: PlannerResult): boolean {
  const mean = f32(state.cost / state.nodes.capacity);
  // No cost on no capacity: moving it back and forth would change nothing, for ever.
  if (Number.isNaN(mean)) return true;
  const most = options.maxMoves ?? MOST_MOVES;
  const threshold = f32(options.threshold);
  const bounds = {
    lower: f32((1 - threshold) * mean),
    upper: f32((1 + threshold) * mean),
    improvementThreshold: f32(options.improvementThreshold),
  };
  memory.now += 1;
  memory.changedAt.fill(memory.now);
  while (result.moves.length < most) {
    const found = findMove(state, bounds, memory);
    if (!found) return true;
    memory.now += 1;
    memory.changedAt[state.holders[found.rank] ?? 0] = memory.now;
    memory.changedAt[found.to] = memory.now;
    move(state, found.rank, found.to, result);
  }
  return false;
}
