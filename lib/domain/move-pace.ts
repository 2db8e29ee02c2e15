import type { Jobs, JobTask } from "./job";
import { taskFraction } from "./job-work";

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

/** How much each move of the newest job weighs against the others, in seconds of its own pace. */
function weightsOf(jobs: Pick<Jobs, "tasks" | "record">): { task: JobTask; weight: number }[] {
  const moves = jobs.tasks.filter((task) => task.move !== null);
  const pace = paceOf(moves.flatMap((task) => timingOf(jobs, task))) ?? EVEN;
  return moves.map((task) => ({ task, weight: secondsFor(pace, [jobs.record?.tasks[task.taskId]?.bytes ?? null]) }));
}

/** While nothing is known each move counts the same. */
const EVEN: MovePace = { secondsPerMove: 1, secondsPerByte: 0, from: 0 };

export type TimeLeft = { task: JobTask; seconds: number };

/**
 * How long each move that is not over may still take, those at work first. The pace says how the moves compare with each
 * other; how long the done ones really took together, pauses and parallel moves included, says the rest. null: no move is
 * done yet, or the job does not go on: who knows when a task that keeps failing will succeed.
 */
export function movesLeft(jobs: Pick<Jobs, "jobs" | "tasks" | "progress" | "record" | "clock">): TimeLeft[] | null {
  const job = jobs.jobs[0];
  const { clock } = jobs;
  if (!job || job.startedAt === null || clock === null || job.state === "cancelling") return null;
  const weights = weightsOf(jobs);
  const startOf = (task: JobTask) => jobs.record?.tasks[task.taskId]?.startedAt ?? null;
  const running = weights.filter(({ task }) => task.status === "running");
  const waiting = weights.filter(({ task }) => task.status === "runnable" || task.status === "blocked");
  if (running.length === 0 && waiting.some(({ task }) => task.retryCount > 0)) return null;
  const done = weights.reduce((sum, { task, weight }) => sum + (task.status === "done" ? weight : 0), 0);
  const until = Math.min(clock, ...running.flatMap(({ task }) => startOf(task) ?? []));
  const perWeight = (until - job.startedAt) / 1000 / done;
  if (done === 0 || perWeight <= 0) return null;
  const atWork = running.map(({ task, weight }) => {
    const start = startOf(task);
    const whole = weight * perWeight;
    const rest = start === null ? whole * (1 - taskFraction(task, jobs)) : whole - (clock - start) / 1000;
    return { task, seconds: Math.max(0, rest) };
  });
  return [...atWork, ...waiting.map(({ task, weight }) => ({ task, seconds: weight * perWeight }))];
}

/** Seconds until the newest job ends; null: not known. */
export function secondsLeft(jobs: Parameters<typeof movesLeft>[0]): number | null {
  return movesLeft(jobs)?.reduce((sum, { seconds }) => sum + seconds, 0) ?? null;
}

/** How long a task took, where its start and end were seen. */
export function timingOf(jobs: Pick<Jobs, "record">, task: JobTask): MoveTiming[] {
  const seen = jobs.record?.tasks[task.taskId];
  if (task.status !== "done" || !seen || seen.startedAt === null || seen.finishedAt === null) return [];
  return [{ bytes: seen.bytes, seconds: Math.max(0, seen.finishedAt - seen.startedAt) / 1000 }];
}
