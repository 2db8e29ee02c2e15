import { z } from "zod";
import type { ClusterPicture } from "./cluster-picture";
import { type FromNode, fromNodeSchema } from "./from-node";
import { KINDS } from "./group-columns";
import type { ClusterNode } from "./node";
import { at, indexOfShard, placementOf, type ShardColumns } from "./shard-columns";
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
  /** On one node; null: not known of every shard of it. */
  rateOf: (group: ShardGroup, nodeGroupId: number) => Rate | null;
  /** Reads and rows written a second together, by the places of the picture's groups. NaN: unknown. */
  byPlace: Float64Array;
  most: number;
  /** Whether that of some group, of reference tables aside, is not known somewhere. */
  hasUnknown: boolean;
  /** Some node told its first counters, and none its second. */
  isFirstReading: boolean;
  silent: readonly ClusterNode[];
  /** The longest time between the readings. null: there was only one. */
  seconds: number | null;
};

type Layout = Pick<ClusterPicture, "primaries" | "topology" | "groupColumns">;
/** By the placements of all shards. NaN: unknown. */
type ShardRates = { reads: Float64Array; writes: Float64Array };

/** The rates by group and node. Only primaries are asked, as for sizes. */
export function heatOf(activity: ShardActivity, picture: Layout): Heat {
  const { shards } = picture.topology;
  const unknown = () => new Float64Array(shards.groupIds.length).fill(Number.NaN);
  const rates: ShardRates = { reads: unknown(), writes: unknown() };
  const silent: ClusterNode[] = [];
  let seconds: number | null = null;
  for (const answer of activity.answers) {
    const node = picture.primaries.find((one) => one.id === answer.nodeId);
    if (!node) continue;
    if (!answer.ok) silent.push(node);
    else if (answer.value.seconds !== null) {
      enter(rates, shards, node.groupId, answer.value);
      seconds = Math.max(seconds ?? 0, answer.value.seconds);
    }
  }
  const { byPlace, most, hasUnknown } = sumUp(picture, rates);
  const isFirstReading = seconds === null && silent.length < activity.answers.length;
  const rateOf = (group: ShardGroup, nodeGroupId: number) => sumOf(group, nodeGroupId, shards, rates);
  return { rateOf, byPlace, most, hasUnknown, isFirstReading, silent, seconds };
}

/** Of all its copies together; null: not known of one of them, or there is none. */
export function totalRate({ rateOf }: Pick<Heat, "rateOf">, group: ShardGroup): Rate | null {
  const rates = group.groupIds.map((groupId) => rateOf(group, groupId));
  const known = rates.filter((rate) => rate !== null);
  if (rates.length === 0 || known.length < rates.length) return null;
  return {
    readsPerSecond: known.reduce((sum, rate) => sum + rate.readsPerSecond, 0),
    writesPerSecond: known.reduce((sum, rate) => sum + rate.writesPerSecond, 0),
  };
}

function enter(rates: ShardRates, shards: ShardColumns, groupId: number, told: NodeActivity): void {
  told.shardIds.forEach((id, position) => {
    const index = indexOfShard(shards, id);
    const place = index < 0 ? -1 : placementOf(shards, index, groupId);
    if (place < 0) return;
    rates.reads[place] = told.reads[position] ?? Number.NaN;
    rates.writes[place] = told.writes[position] ?? Number.NaN;
  });
}

/** One shard of unknown rate makes its group unknown there, not idle. */
function sumUp({ topology, groupColumns }: Layout, rates: ShardRates): Pick<Heat, "byPlace" | "most" | "hasUnknown"> {
  const { members, memberStarts, placeStarts, placeGroupIds, kinds } = groupColumns;
  const byPlace = new Float64Array(placeGroupIds.length);
  let most = 0;
  let hasUnknown = false;
  for (let group = 0; group < groupColumns.count; group += 1) {
    if (kinds[group] === REFERENCE) continue;
    for (let place = at(placeStarts, group); place < at(placeStarts, group + 1); place += 1) {
      let sum = 0;
      for (let member = at(memberStarts, group); member < at(memberStarts, group + 1); member += 1) {
        const placement = placementOf(topology.shards, at(members, member), at(placeGroupIds, place));
        sum += (rates.reads[placement] ?? Number.NaN) + (rates.writes[placement] ?? Number.NaN);
      }
      byPlace[place] = sum;
      if (Number.isNaN(sum)) hasUnknown = true;
      else if (sum > most) most = sum;
    }
  }
  return { byPlace, most, hasUnknown };
}

const REFERENCE = KINDS.indexOf("reference");

function sumOf(
  group: ShardGroup,
  nodeGroupId: number,
  shards: ShardColumns,
  { reads, writes }: ShardRates,
): Rate | null {
  const sum = { readsPerSecond: 0, writesPerSecond: 0 };
  for (const id of group.shardIds) {
    const index = indexOfShard(shards, id);
    const place = index < 0 ? -1 : placementOf(shards, index, nodeGroupId);
    sum.readsPerSecond += reads[place] ?? Number.NaN;
    sum.writesPerSecond += writes[place] ?? Number.NaN;
  }
  return Number.isNaN(sum.readsPerSecond + sum.writesPerSecond) ? null : sum;
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
