import { countOf } from "../format/count";
import type { ClusterSnapshot, SnapshotNode } from "./cluster-snapshot";
import { type PlannerNode, type PlannerResult, planRebalance } from "./rebalance-plan";
import { SHIPPED_OPTIONS, type ShippedStrategy } from "./shipped-strategies";
import { type Bundle, bundlesOf } from "./snapshot-bundles";

export type SnapshotWish = {
  strategy: ShippedStrategy;
  threshold?: number | undefined;
  improvementThreshold?: number | undefined;
  maxMoves?: number | undefined;
  drainOnly?: boolean | undefined;
};

type NodeSum = { nodeId: number; shardGroups: number; bytes: number; cost: number; utilization: number | null };
/** One move per group that moves: `shardId` its lowest, `bytes` their sum; in the order in which they would run. */
export type SnapshotAnswer = {
  moves: { shardId: number; from: number; to: number; bytes: number }[];
  before: NodeSum[];
  after: NodeSum[];
};

/** Plans a snapshot. The warnings are sentences about what the plan could not do or had to assume. */
export function planSnapshot(
  snapshot: ClusterSnapshot,
  wish: SnapshotWish,
): { answer: SnapshotAnswer; warnings: string[] } {
  const own = SHIPPED_OPTIONS[wish.strategy];
  const groups = bundlesOf(snapshot, wish.strategy);
  const asked = wish.threshold ?? own.threshold;
  const improvementThreshold = wish.improvementThreshold ?? own.improvementThreshold;
  const result = planRebalance(
    plannerNodesOf(snapshot.nodes, groups),
    groups.map((bundles) => bundles.map(({ groupId, nodeId, cost }) => ({ shardId: groupId, nodeId, cost }))),
    {
      threshold: Math.max(asked, own.minimumThreshold),
      improvementThreshold,
      ...(wish.maxMoves !== undefined && { maxMoves: wish.maxMoves }),
      drainOnly: wish.drainOnly === true,
    },
  );
  const bundles = groups.flat();
  const before = sumsOf(snapshot.nodes, bundles);
  const moves = moved(bundles, result);
  const warnings = [
    ...bytesWarning(snapshot, wish.strategy),
    ...partedWarning(groups),
    ...(asked < own.minimumThreshold
      ? [`${wish.strategy} allows no threshold below ${own.minimumThreshold}: it is used instead of ${asked}.`]
      : []),
    ...resultWarnings(result, improvementThreshold),
  ];
  return { answer: { moves, before, after: sumsOf(snapshot.nodes, bundles) }, warnings };
}

/** By host and port, the order in which Citus adds up their capacities. */
function plannerNodesOf(nodes: readonly SnapshotNode[], groups: readonly Bundle[][]): PlannerNode[] {
  const groupOf = new Map(
    groups.flat().flatMap((bundle) => bundle.shardIds.map((id) => [id, bundle.groupId] as const)),
  );
  return [...nodes]
    .sort((a, b) => (a.host === b.host ? a.port - b.port : a.host < b.host ? -1 : 1))
    .map(({ id, shouldHaveShards, capacity, disallowedShards }) => ({
      id,
      mayHoldShards: shouldHaveShards ?? true,
      capacity: capacity ?? 1,
      // A group goes as one: what one of its shards may not, none may.
      disallowed: new Set(disallowedShards?.map((shardId) => groupOf.get(shardId) ?? shardId)),
    }));
}

/** Puts each bundle where it is moved to, and says so. */
function moved(bundles: readonly Bundle[], { moves }: PlannerResult): SnapshotAnswer["moves"] {
  const keyOf = (groupId: number, nodeId: number) => `${groupId} ${nodeId}`;
  const at = new Map(bundles.map((bundle) => [keyOf(bundle.groupId, bundle.nodeId), bundle]));
  return moves.flatMap(({ shardId: groupId, from, to }) => {
    const bundle = at.get(keyOf(groupId, from));
    if (!bundle) return [];
    at.delete(keyOf(groupId, from));
    at.set(keyOf(groupId, to), bundle);
    bundle.nodeId = to;
    return [{ shardId: bundle.shardId, from, to, bytes: bundle.bytes }];
  });
}

/** What lies on each node. A node that may not hold shards, or has no capacity, has no utilization. */
function sumsOf(nodes: readonly SnapshotNode[], bundles: readonly Bundle[]): NodeSum[] {
  const sums = new Map<number, NodeSum>();
  for (const { id } of nodes) sums.set(id, { nodeId: id, shardGroups: 0, bytes: 0, cost: 0, utilization: null });
  for (const { nodeId, bytes, cost } of bundles) {
    const sum = sums.get(nodeId);
    if (!sum) continue;
    sum.shardGroups += 1;
    sum.bytes += bytes;
    sum.cost += cost;
  }
  return nodes.flatMap(({ id, shouldHaveShards, capacity }) => {
    const sum = sums.get(id);
    const room = shouldHaveShards === false ? 0 : (capacity ?? 1);
    return sum ? [{ ...sum, utilization: room > 0 ? sum.cost / room : null }] : [];
  });
}

function bytesWarning({ shards }: ClusterSnapshot, strategy: ShippedStrategy): string[] {
  const without = shards.filter(({ bytes, cost }) => (bytes ?? cost ?? null) === null).length;
  return strategy === "by_shard_count" || without === 0
    ? []
    : [`${countOf(without, "placement")} of ${shards.length} say no bytes and no cost: their bytes count as 0.`];
}

/** Members of a group that are not together cannot be moved as one. */
function partedWarning(groups: readonly Bundle[][]): string[] {
  const sets = new Map<number, string>();
  for (const { groupId, shardIds } of groups.flat()) {
    const ids = [...shardIds].sort((a, b) => a - b).join();
    if ((sets.get(groupId) ?? ids) !== ids) {
      return [
        `The shards of the group of shard ${groupId} are not on the same nodes: on each node those that are there move as one.`,
      ];
    }
    sets.set(groupId, ids);
  }
  return [];
}

function resultWarnings({ stuck, isCutShort, hasIgnored }: PlannerResult, improvementThreshold: number): string[] {
  const named = stuck.slice(0, 5).map(({ shardId, nodeId }) => `shard ${shardId} on node ${nodeId}`);
  const more = stuck.length > named.length ? ` and ${stuck.length - named.length} more` : "";
  return [
    ...(stuck.length > 0 ? [`Nowhere to go, so it stays where it may not be: ${named.join(", ")}${more}.`] : []),
    ...(isCutShort ? ["Stopped at the most moves that are allowed, before there was nothing more to move."] : []),
    ...(hasIgnored
      ? [`Moves that would gain less than the improvement threshold of ${improvementThreshold} were left out.`]
      : []),
  ];
}
