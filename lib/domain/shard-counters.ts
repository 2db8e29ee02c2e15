import { z } from "zod";
import type { NodeActivity } from "./shard-activity";

/** What one node has counted of its own shards since it last counted from zero, a column each. */
export const shardCountersSchema = z.object({
  /** Ascending. */
  shardIds: z.array(z.number()),
  /** The relation that is the shard on this node. */
  oids: z.array(z.number()),
  reads: z.array(z.number()),
  writes: z.array(z.number()),
});
export type ShardCounters = z.infer<typeof shardCountersSchema>;

/** Rates between two readings of one node, so many seconds apart. */
export function activityBetween(before: ShardCounters, now: ShardCounters, seconds: number): NodeActivity {
  const known = new Map(before.shardIds.map((id, index) => [id, index]));
  const rates = (column: "reads" | "writes") =>
    now.shardIds.map((id, index) => {
      const earlier = known.get(id);
      if (earlier === undefined || before.oids[earlier] !== now.oids[index]) return null;
      return rateOf(before[column][earlier], now[column][index], seconds);
    });
  return { seconds, shardIds: now.shardIds, reads: rates("reads"), writes: rates("writes") };
}

/** A counter that goes backwards was set to zero in between: what it counted is not known, and no rate is negative. */
function rateOf(before: number | undefined, now: number | undefined, seconds: number): number | null {
  if (before === undefined || now === undefined || now < before || seconds <= 0) return null;
  return Number(((now - before) / seconds).toPrecision(3));
}
