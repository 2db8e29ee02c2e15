import { z } from "zod";
import { type FromNode, fromNodeSchema } from "./from-node";
import type { ClusterNode } from "./node";
import type { ShardGroup } from "./shard-groups";

/** A rate a second; null: the counter was not there before, went backwards, or belongs to another relation by now. */
const ratesSchema = z.array(z.number().nullable());

/** What one node's own shards did between two readings, a column each. */
export const nodeActivitySchema = z.object({
  /** Between the readings; null: this was the first, and a rate needs two. */
  seconds: z.number().nullable(),
  /** Ascending. Empty after the first reading. */
  shardIds: z.array(z.number()),
  /** Scans of the table and its indexes. */
  reads: ratesSchema,
  /** Rows inserted, updated and deleted. */
  writes: ratesSchema,
});
export type NodeActivity = z.infer<typeof nodeActivitySchema>;

/**
 * The topic `shard-activity`: how busy each shard is on each node. Read only while somebody looks at the map by activity. A node
 * that did not answer has a problem here; its shards are then unknown, never idle.
 */
export const shardActivitySchema = z.object({ answers: z.array(fromNodeSchema(nodeActivitySchema)) });
export type ShardActivity = { answers: FromNode<NodeActivity>[] };

/** Seconds from one reading to the next, while somebody looks. */
export const ACTIVITY_PACE_SECONDS = 15;

export type Rate = { readsPerSecond: number; writesPerSecond: number };

/** How busy each group is, and how busy the busiest. */
export type Heat = {
  /** Reads and rows written a second together; null: not known of every shard of it. */
  of: (group: ShardGroup, nodeGroupId: number) => number | null;
  rateOf: (group: ShardGroup, nodeGroupId: number) => Rate | null;
  /** Of all its copies together; null: not known of one of them. */
  total: (group: ShardGroup) => Rate | null;
  most: number;
  /** Whether that of some group that moves is not known somewhere. */
  hasUnknown: boolean;
  /** Nodes told their first counters and none its second. */
  isFirstReading: boolean;
  silent: readonly ClusterNode[];
  /** The longest time between the readings. null: there was only one. */
  seconds: number | null;
};

/** The rates by group and node. Only primaries are asked, as for sizes. */
export function heatOf(
  activity: ShardActivity,
  primaries: readonly ClusterNode[],
  groups: readonly ShardGroup[],
): Heat {
  const rates = new Map<number, Map<number, Rate>>();
  const silent: ClusterNode[] = [];
  let seconds: number | null = null;
  for (const answer of activity.answers) {
    const node = primaries.find((one) => one.id === answer.nodeId);
    if (!node) continue;
    if (!answer.ok) silent.push(node);
    else if (answer.value.seconds !== null) {
      rates.set(node.groupId, ratesByShard(answer.value));
      seconds = Math.max(seconds ?? 0, answer.value.seconds);
    }
  }
  const rateOf = (group: ShardGroup, nodeGroupId: number) => {
    const told = rates.get(nodeGroupId);
    return told ? added(group.shardIds.map((id) => told.get(id))) : null;
  };
  const of = (group: ShardGroup, nodeGroupId: number) => {
    const rate = rateOf(group, nodeGroupId);
    return rate && rate.readsPerSecond + rate.writesPerSecond;
  };
  let most = 0;
  let hasUnknown = false;
  for (const group of groups) {
    if (group.kind === "reference") continue;
    for (const groupId of group.groupIds) {
      const rate = of(group, groupId);
      most = Math.max(most, rate ?? 0);
      hasUnknown ||= rate === null;
    }
  }
  const total = (group: ShardGroup) => added(group.groupIds.map((groupId) => rateOf(group, groupId)));
  const isFirstReading = seconds === null && silent.length < activity.answers.length;
  return { of, rateOf, total, most, hasUnknown, isFirstReading, silent, seconds };
}

/** Together; null where one is not known, or there are none. */
function added(rates: readonly (Rate | null | undefined)[]): Rate | null {
  const sum = { readsPerSecond: 0, writesPerSecond: 0 };
  for (const rate of rates) {
    if (!rate) return null;
    sum.readsPerSecond += rate.readsPerSecond;
    sum.writesPerSecond += rate.writesPerSecond;
  }
  return rates.length === 0 ? null : sum;
}

function ratesByShard({ shardIds, reads, writes }: NodeActivity): Map<number, Rate> {
  const rates = new Map<number, Rate>();
  shardIds.forEach((id, index) => {
    const [readsPerSecond, writesPerSecond] = [reads[index] ?? null, writes[index] ?? null];
    if (readsPerSecond !== null && writesPerSecond !== null) rates.set(id, { readsPerSecond, writesPerSecond });
  });
  return rates;
}

/** How many times busier the next step is. */
export const HEAT_FACTOR = 3;

/**
 * One of the seven steps of the heat colours: 1 is nothing at all, 7 the busiest of the map and what comes within a third of
 * it, and each step below a third of the one above. What matters of heat is where most of it is.
 */
export function heatStep(rate: number, most: number): number {
  if (rate <= 0 || most <= 0) return 1;
  return Math.max(2, 7 - Math.floor(Math.log(most / rate) / Math.log(HEAT_FACTOR) + 1e-9));
}
