import type { Jobs, JobTask, UsualPace } from "./job";

/** How long one move took. */
export type MoveTiming = { bytes: number | null; seconds: number };

/** The same of a move in its transfer mode. */
export type ModeTiming = { mode: string; timing: MoveTiming };

/** Modes that copy in the same way take the same time: by logical replication, or under a lock. */
export const wayOf = (mode: string) => (mode === "block_writes" ? "lock" : "logical");

/** What a move costs here: a tiny one takes its seconds too, so an estimate by bytes alone is always too short. */
export type MovePace = { secondsPerMove: number; secondsPerByte: number; from: number };

/** Fewer moves, or moves of about one size, cannot tell the part that grows with the bytes from the part that does not. */
const ENOUGH_MOVES = 4;
const SPREAD = 3;

/** Fits seconds = a + b × bytes to what was seen. null: nothing was. */
export function paceOf(timings: readonly MoveTiming[]): MovePace | null {
  if (timings.length === 0) return null;
  const mean = average(timings.map((timing) => timing.seconds));
  const flat = { secondsPerMove: mean, secondsPerByte: 0, from: timings.length };
  const sized = timings.flatMap((timing) => (timing.bytes === null ? [] : [{ ...timing, bytes: timing.bytes }]));
  const sizes = sized.map((timing) => timing.bytes);
  if (sized.length < ENOUGH_MOVES || Math.max(...sizes) < SPREAD * Math.max(1, Math.min(...sizes))) return flat;
  const meanBytes = average(sizes);
  const meanSeconds = average(sized.map((timing) => timing.seconds));
  const covariance = average(sized.map((timing) => (timing.bytes - meanBytes) * (timing.seconds - meanSeconds)));
  const slope = Math.max(0, covariance / average(sizes.map((bytes) => (bytes - meanBytes) ** 2)));
  const base = meanSeconds - slope * meanBytes;
  if (base < 0) return { secondsPerMove: 0, secondsPerByte: meanSeconds / meanBytes, from: timings.length };
  return { secondsPerMove: base, secondsPerByte: slope, from: timings.length };
}

/** What moves took before, as a job that begins now remembers it. null: none was seen. */
export function usualPaceOf(timings: readonly MoveTiming[]): UsualPace | null {
  const pace = paceOf(timings);
  return pace && { ...pace, spread: spreadOf(pace, timings) ?? UNKNOWN_SPREAD };
}

/** Where too few moves were seen to say how far they differ: from half to double is nothing unusual. */
export const UNKNOWN_SPREAD = 0.6;

/** Seconds for these moves, one after another. */
export function secondsFor(pace: MovePace, bytes: readonly (number | null)[]): number {
  return bytes.reduce<number>((sum, one) => sum + pace.secondsPerMove + pace.secondsPerByte * (one ?? 0), 0);
}

const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

/** How far single moves were off what the pace says, as a share of it: 0.3 is 30 %. null: too few were seen. */
export function spreadOf(pace: MovePace, timings: readonly MoveTiming[]): number | null {
  const off = timings.flatMap(({ bytes, seconds }) => {
    const expected = secondsFor(pace, [bytes]);
    return expected > 0 ? [(seconds / expected - 1) ** 2] : [];
  });
  return off.length < ENOUGH_MOVES - 1 ? null : Math.sqrt(average(off));
}

/** How long a task took, where its start and end were seen. */
export function timingOf(jobs: Pick<Jobs, "record">, task: JobTask): MoveTiming[] {
  const seen = jobs.record?.tasks[task.taskId];
  if (task.status !== "done" || !seen || seen.startedAt === null || seen.finishedAt === null) return [];
  return [{ bytes: seen.bytes, seconds: Math.max(0, seen.finishedAt - seen.startedAt) / 1000 }];
}
