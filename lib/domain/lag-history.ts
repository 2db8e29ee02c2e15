import type { LagHistory } from "./replication";
import { FINE_MS, GAP_MS } from "./wal-history";

/** The lag of every standby at one moment of the console's clock. */
export type LagFrame = { at: number; lags: ReadonlyMap<string, number | null> };

const MOST_POINTS = 300;

/** The frames of the last quarter of an hour with the newest added. */
export function rememberFrame(frames: readonly LagFrame[], next: LagFrame): LagFrame[] {
  return [...frames.filter(({ at }) => at <= next.at && next.at - at <= FINE_MS), next];
}

/**
 * The frames as lines of at most 300 points over the whole quarter of an hour, whenever the watching began. Of frames that
 * share a point the greatest lag is kept: a peak must not be thinned away. A time in which nobody watched is a gap.
 */
export function lagHistory(frames: readonly LagFrame[], now: number): LagHistory {
  // One point stands at the start; the point of a gap takes the place of the buckets that are empty in it.
  const bucketMs = FINE_MS / (MOST_POINTS - 2);
  const start = now - FINE_MS;
  const points: LagFrame[] = [];
  let last: LagFrame = { at: start, lags: new Map() };
  if (frames.length > 0) points.push(last);
  for (const frame of frames.filter(({ at }) => at > start)) {
    const isSameBucket = points.length > 1 && bucketOf(frame, start, bucketMs) === bucketOf(last, start, bucketMs);
    const isAfterGap = frame.at - last.at > GAP_MS && points.length > 1;
    if (isSameBucket) points[points.length - 1] = merged(points.at(-1) ?? frame, frame);
    else if (isAfterGap) points.push({ at: (last.at + frame.at) / 2, lags: new Map() }, frame);
    else points.push(frame);
    last = frame;
  }
  const keys = [...new Set(points.flatMap(({ lags }) => [...lags.keys()]))].toSorted();
  return {
    times: points.map(({ at }) => at),
    series: keys.map((key) => ({ key, values: points.map(({ lags }) => lags.get(key) ?? null) })),
  };
}

const bucketOf = (frame: LagFrame, start: number, bucketMs: number) => Math.floor((frame.at - start) / bucketMs);

function merged(a: LagFrame, b: LagFrame): LagFrame {
  const lags = new Map(a.lags);
  for (const [key, lag] of b.lags) {
    const known = lags.get(key) ?? null;
    lags.set(key, lag === null || known === null ? (lag ?? known) : Math.max(lag, known));
  }
  return { at: b.at, lags };
}
