import { z } from "zod";

/** What is kept of a cluster's past. The key says of what: a node's id, a standby's key, a table's name, a topic. */
export const HISTORY_SERIES = [
  "node-bytes",
  "node-shards",
  "table-bytes",
  "disk-free",
  "disk-total",
  "lag-seconds",
  "sessions-active",
  "sessions-waiting",
  "jobs-open",
  "read-ms",
] as const;
export type HistorySeries = (typeof HISTORY_SERIES)[number];
export const historySeriesSchema = z.enum(HISTORY_SERIES);

/** One measurement. */
export type Sample = { series: HistorySeries; key: string; value: number };

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

/** From fine to coarse: how long one point is, and how long it is kept. Each length is a multiple of the one before. */
export const HISTORY_TIERS = [
  { stepMs: 10 * SECOND, keptMs: 2 * HOUR },
  { stepMs: MINUTE, keptMs: DAY },
  { stepMs: 5 * MINUTE, keptMs: 7 * DAY },
  { stepMs: HOUR, keptMs: 90 * DAY },
] as const;

/** How far back a chart may look. */
export const HISTORY_SPANS = {
  "15 min": 15 * MINUTE,
  "2 h": 2 * HOUR,
  "24 h": DAY,
  "7 d": 7 * DAY,
  "90 d": 90 * DAY,
} as const;
export type HistorySpan = keyof typeof HISTORY_SPANS;

/** What happened within one step: the mean is total / samples, and no peak is lost. */
export type Point = { at: number; total: number; low: number; high: number; samples: number };

export const startOfStep = (at: number, stepMs: number): number => Math.floor(at / stepMs) * stepMs;

/** Points put into longer steps; in whatever order and however often it is done, totals, counts and extremes are the same. */
export function folded(points: Iterable<Point>, stepMs: number): Map<number, Point> {
  const steps = new Map<number, Point>();
  for (const point of points) {
    const at = startOfStep(point.at, stepMs);
    const before = steps.get(at);
    steps.set(at, before ? merged(before, point) : { ...point, at });
  }
  return steps;
}

export function merged(a: Point, b: Point): Point {
  return {
    at: a.at,
    total: a.total + b.total,
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
    samples: a.samples + b.samples,
  };
}

const MOST_STEPS = 800;

/** The finest tier that reaches back far enough and has few enough points for a chart; beyond the last, several of its steps at once. */
export function tierFor(from: number, to: number, now: number): { tier: number; stepMs: number } {
  const last = HISTORY_TIERS.length - 1;
  const found = HISTORY_TIERS.findIndex(
    ({ stepMs, keptMs }) => from >= now - keptMs && (to - from) / stepMs <= MOST_STEPS,
  );
  const tier = found === -1 ? last : found;
  const { stepMs } = HISTORY_TIERS[tier] ?? HISTORY_TIERS[3];
  return { tier, stepMs: stepMs * Math.max(1, Math.ceil((to - from) / stepMs / MOST_STEPS)) };
}

const value = z.number().nullable();

/** A series as it is drawn. null: nobody measured in that step; it is never filled in. */
export const historySchema = z.object({
  /** Since when anything of this series is known, epoch milliseconds by the console's clock; null: nothing is. */
  since: z.number().nullable(),
  stepMs: z.number(),
  /** The beginning of each step. */
  times: z.array(z.number()),
  lines: z.array(z.object({ key: z.string(), mean: z.array(value), low: z.array(value), high: z.array(value) })),
});
export type History = z.infer<typeof historySchema>;

/** The moment until which a history tells: the reader's now, where it was just asked for. */
export const endOf = ({ times, stepMs }: Pick<History, "times" | "stepMs">): number => (times.at(-1) ?? 0) + stepMs;
