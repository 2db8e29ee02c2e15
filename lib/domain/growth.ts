import { formatDuration } from "../format/duration";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Fewer points, or a shorter time, say nothing about the days to come. */
const FEWEST_POINTS = 12;
const SHORTEST_MS = DAY;
/** A line that ends longer ago than this tells how it was, not how it goes on. */
const STALE_MS = 6 * HOUR;
/** A slope within so many standard errors of nothing is no slope. */
const ERRORS = 2;

/** A straight line through what was measured. */
export type Trend = {
  perDay: number;
  /** The standard error of `perDay`, by how far the points lie from the line. */
  errorPerDay: number;
  /** The newest value that was measured. */
  last: number;
  /** From the first to the last point. */
  spanMs: number;
};
export type Growth = { trend: Trend; because: null } | { trend: null; because: string };

type Measured = { at: number; value: number };

/** Least squares over the points that there are; a time in which nobody measured has no weight. */
export function growthOf(times: readonly number[], values: readonly (number | null)[], now: number): Growth {
  const points = times.flatMap((at, index): Measured[] => {
    const value = values[index] ?? null;
    return value === null ? [] : [{ at, value }];
  });
  const because = tooLittle(points, now);
  return because === null ? { trend: lineThrough(points), because } : { trend: null, because };
}

function tooLittle(points: readonly Measured[], now: number): string | null {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return "nothing was measured in this time";
  const spanMs = last.at - first.at;
  if (now - last.at > STALE_MS) return `last measured ${formatDuration((now - last.at) / 1000)} ago`;
  if (spanMs < SHORTEST_MS) return `known for ${formatDuration(spanMs / 1000)}; a trend needs a day`;
  if (points.length < FEWEST_POINTS) return `measured in ${points.length} steps only; a trend needs ${FEWEST_POINTS}`;
  return null;
}

function lineThrough(points: readonly Measured[]): Trend {
  const [start, end] = [points[0]?.at ?? 0, points.at(-1)?.at ?? 0];
  const days = points.map(({ at }) => (at - start) / DAY);
  const meanDay = meanOf(days);
  const meanValue = meanOf(points.map(({ value }) => value));
  let spread = 0;
  let together = 0;
  points.forEach(({ value }, index) => {
    const away = (days[index] ?? 0) - meanDay;
    spread += away * away;
    together += away * (value - meanValue);
  });
  const perDay = together / spread;
  const rests = points.map(({ value }, index) => value - meanValue - perDay * ((days[index] ?? 0) - meanDay));
  return { perDay, errorPerDay: errorOf(rests, spread), last: points.at(-1)?.value ?? 0, spanMs: end - start };
}

const meanOf = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;

/**
 * The standard error of the slope. Neighbouring points err alike (a load lasts longer than a step), so that many points are worth
 * fewer independent ones: by the correlation of each rest with the next.
 */
function errorOf(rests: readonly number[], spread: number): number {
  const squares = rests.reduce((sum, rest) => sum + rest * rest, 0);
  if (squares === 0) return 0;
  const products = rests.slice(1).reduce((sum, rest, index) => sum + rest * (rests[index] ?? 0), 0);
  const alike = Math.min(0.99, Math.max(0, products / squares));
  const inflation = (1 + alike) / (1 - alike);
  return Math.sqrt((squares / (rests.length - 2) / spread) * inflation);
}

/** Whether the line goes anywhere at all, beside how far the points lie from it. */
export function isSteady({ perDay, errorPerDay, last }: Trend): boolean {
  const leastPerDay = Math.abs(last) * 1e-6;
  return Math.abs(perDay) <= Math.max(ERRORS * errorPerDay, leastPerDay);
}

const LONGEST_DAYS = 3_650;
/** A disk that is full within this time wants somebody now. */
export const FILLS_SOON_DAYS = 14;

/** When what is left will be used up. */
export type Forecast =
  | { kind: "full"; days: number; soonestDays: number; latestDays: number; spanMs: number }
  /** The line does not lead to an end. */
  | { kind: "lasts"; because: string }
  /** No line can be drawn. */
  | { kind: "unknown"; because: string };

/** By a straight line through how much was free. */
export function forecastOf(free: Growth): Forecast {
  if (free.trend === null) return { kind: "unknown", because: free.because };
  const { perDay, errorPerDay, last, spanMs } = free.trend;
  if (last <= 0) return { kind: "full", days: 0, soonestDays: 0, latestDays: 0, spanMs };
  if (isSteady(free.trend)) return { kind: "lasts", because: "what is free stays about the same" };
  if (perDay > 0) return { kind: "lasts", because: "more becomes free" };
  const days = last / -perDay;
  if (days > LONGEST_DAYS) return { kind: "lasts", because: "at this pace it lasts more than ten years" };
  // A line that is not steady is farther from nothing than its error, so that the slower pace is a pace as well.
  const latestDays = last / (-perDay - ERRORS * errorPerDay);
  return { kind: "full", days, soonestDays: last / (-perDay + ERRORS * errorPerDay), latestDays, spanMs };
}
