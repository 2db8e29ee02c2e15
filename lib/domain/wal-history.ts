import type { Behind } from "./replication";

/** Where a primary's WAL was at a moment of its own clock. */
export type WalSample = { at: number; bytes: number };

/** Every sample of the last quarter of an hour is kept, and one per minute of the last day: enough to date an old position. */
export const FINE_MS = 15 * 60_000;
const KEPT_MS = 24 * 3_600_000;
const COARSE_MS = 60_000;
/** Samples farther apart than this mean that nobody watched in between. */
export const GAP_MS = 10_000;

/**
 * The samples with the newest added. WAL that goes backwards is another timeline (a failover, a rebuilt node), and its old
 * positions date nothing: they are forgotten. So is a sample from before the last one, when a clock was set back.
 */
export function remember(samples: readonly WalSample[], next: WalSample): WalSample[] {
  const last = samples.at(-1);
  if (last && (next.bytes < last.bytes || next.at < last.at)) return [next];
  let minute = Number.NaN;
  const kept = samples.filter(({ at }) => {
    if (next.at - at > KEPT_MS) return false;
    if (next.at - at <= FINE_MS) return true;
    const isFirstOfMinute = Math.floor(at / COARSE_MS) !== minute;
    minute = Math.floor(at / COARSE_MS);
    return isFirstOfMinute;
  });
  return [...kept, next];
}

/**
 * How long ago the primary's WAL passed a position, at the time of the newest sample. It is the age of the first sample
 * beyond the position, which is never more than the truth and less by one sample's distance at most; where that distance
 * is a gap, or the position is older than everything that is remembered, it says so. null: one sample dates nothing.
 */
export function behindAt(samples: readonly WalSample[], replayedBytes: number): Behind | null {
  const newest = samples.at(-1);
  if (!newest) return null;
  if (replayedBytes >= newest.bytes) return { seconds: 0, atLeast: false };
  const index = samples.findIndex(({ bytes }) => bytes > replayedBytes);
  const [before, passed] = [samples[index - 1], samples[index]];
  if (!passed || (!before && samples.length === 1)) return null;
  const isBracketed = before !== undefined && passed.at - before.at <= GAP_MS;
  return { seconds: (newest.at - passed.at) / 1000, atLeast: !isBracketed };
}
