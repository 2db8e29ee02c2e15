import type { Jobs, JobTask } from "./job";
import { progressOfTask, taskFraction } from "./job-work";

/** How long one move took. */
export type MoveTiming = { bytes: number | null; seconds: number };

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

/** Seconds for these moves, one after another. */
export function secondsFor(pace: MovePace, bytes: readonly (number | null)[]): number {
  return bytes.reduce<number>((sum, one) => sum + pace.secondsPerMove + pace.secondsPerByte * (one ?? 0), 0);
}

const average = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);

const isWaiting = (task: JobTask) =>
  task.status === "blocked" || task.status === "runnable" || task.status === "running";

/**
 * Seconds until the newest job ends. The pace says how the moves compare with each other; how long the done ones really took
 * together, pauses and parallel moves included, says the rest. null: no move is done yet, or nothing is left to do.
 */
export function secondsLeft(jobs: Pick<Jobs, "jobs" | "tasks" | "progress" | "record" | "clock">): number | null {
  const job = jobs.jobs[0];
  if (!job || job.startedAt === null || jobs.clock === null || job.state === "cancelling") return null;
  const moves = jobs.tasks.filter((task) => task.move !== null);
  const pace = paceOf(moves.flatMap((task) => timingOf(jobs, task))) ?? {
    secondsPerMove: 1,
    secondsPerByte: 0,
    from: 0,
  };
  let done = 0;
  let left = 0;
  for (const task of moves) {
    const weight = secondsFor(pace, [jobs.record?.tasks[task.taskId]?.bytes ?? null]);
    const fraction = taskFraction(task, progressOfTask(task, jobs.progress));
    if (task.status === "done") done += weight;
    else if (isWaiting(task)) left += weight * (1 - fraction);
  }
  const elapsed = (jobs.clock - job.startedAt) / 1000;
  return done > 0 && left > 0 && elapsed > 0 ? (left * elapsed) / done : null;
}

/** How long a task took, where its start and end were seen. */
export function timingOf(jobs: Pick<Jobs, "record">, task: JobTask): MoveTiming[] {
  const seen = jobs.record?.tasks[task.taskId];
  if (task.status !== "done" || !seen || seen.startedAt === null || seen.finishedAt === null) return [];
  return [{ bytes: seen.bytes, seconds: Math.max(0, seen.finishedAt - seen.startedAt) / 1000 }];
}
