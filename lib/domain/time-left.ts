import { formatDuration } from "../format/duration";
import type { Jobs, JobTask } from "./job";
import { taskFraction } from "./job-work";
import { type MovePace, type MoveTiming, paceOf, secondsFor, spreadOf, timingOf, UNKNOWN_SPREAD } from "./move-pace";

type Known = Pick<Jobs, "jobs" | "tasks" | "progress" | "record" | "clock">;

/** What one move may still take. */
export type MoveLeft = { task: JobTask; seconds: number };

/** How long a job may still take. `low` to `high` is meant to hold four runs of five; of runs under a minute it holds about half (row R2 of the bench). */
export type TimeLeft = { seconds: number; low: number; high: number; moves: MoveLeft[] };

/** While nothing is known each move counts the same. */
const EVEN: MovePace = { secondsPerMove: 1, secondsPerByte: 0, from: 0 };
/** What was seen in earlier runs weighs as much as this many moves of this one: it begins with it and forgets it soon. */
const USUAL_WEIGHS_MOVES = 2;
/** Four of five, of a normal distribution. */
const SPREADS = 1.28;
const LEAST_SPREAD = 0.05;

/**
 * How long each move that is not over may still take, those at work first, and the whole with its range. Moves are weighed by
 * seconds = a + b × bytes: a tiny one takes its seconds too. How long the done ones really took together, pauses and parallel
 * moves included, says the rest; before the first is done, what moves took here before. null: neither is known, or the job
 * does not go on: who knows when a task that keeps failing will succeed.
 */
export function timeLeft(jobs: Known): TimeLeft | null {
  const job = jobs.jobs[0];
  const { clock } = jobs;
  if (!job || clock === null || job.state === "cancelling") return null;
  const usual = jobs.record?.usual ?? null;
  const own = jobs.tasks.flatMap((task) => (task.move ? timingOf(jobs, task) : []));
  const pace = bestPace(own, usual);
  const weights = jobs.tasks.flatMap((task) => {
    if (!task.move) return [];
    return [{ task, weight: secondsFor(pace, [jobs.record?.tasks[task.taskId]?.bytes ?? null]) }];
  });
  const running = weights.filter(({ task }) => task.status === "running");
  const waiting = weights.filter(({ task }) => task.status === "runnable" || task.status === "blocked");
  if (running.length === 0 && waiting.some(({ task }) => task.retryCount > 0)) return null;
  const done = weights.filter(({ task }) => task.status === "done");
  const startOf = (task: JobTask) => jobs.record?.tasks[task.taskId]?.startedAt ?? null;
  const until = Math.min(clock, ...running.flatMap(({ task }) => startOf(task) ?? []));
  const scale = scaleOf(
    sumOf(done),
    job.startedAt === null ? 0 : (until - job.startedAt) / 1000,
    usual && average(weights),
  );
  if (scale === null) return null;
  const atWork = running.map(({ task, weight }) => ({
    task,
    seconds: restOf(task, weight * scale, startOf(task), jobs, clock),
  }));
  const moves = [...atWork, ...waiting.map(({ task, weight }) => ({ task, seconds: weight * scale }))];
  const seconds = moves.reduce((sum, move) => sum + move.seconds, 0);
  const spread = Math.max(LEAST_SPREAD, spreadOf(pace, own) ?? usual?.spread ?? UNKNOWN_SPREAD);
  const seen = done.length + (usual ? USUAL_WEIGHS_MOVES : 0);
  return { seconds, ...rangeOf(seconds, moves, spread, seen), moves };
}

/** This run's own moves where they tell enough, else what is usual here. */
function bestPace(own: readonly MoveTiming[], usual: MovePace | null): MovePace {
  const pace = paceOf(own);
  if (usual && (pace === null || pace.from < usual.from) && (pace?.secondsPerByte ?? 0) === 0) return usual;
  return pace ?? EVEN;
}

type Weighed = { task: JobTask; weight: number };
const sumOf = (weights: readonly Weighed[]) => weights.reduce((sum, { weight }) => sum + weight, 0);
const average = (weights: readonly Weighed[]) => sumOf(weights) / Math.max(1, weights.length);

/** Seconds of this run per second of the pace. `usualWeight`: of one move, where it is known what they take here. */
function scaleOf(doneWeight: number, tookSeconds: number, usualWeight: number | null): number | null {
  const asUsual = (usualWeight ?? 0) * USUAL_WEIGHS_MOVES;
  if (doneWeight + asUsual <= 0) return null;
  const took = doneWeight > 0 ? Math.max(0, tookSeconds) : 0;
  const scale = (took + asUsual) / (doneWeight + asUsual);
  return scale > 0 ? scale : null;
}

/** What is left of a move at work: of its time, or, where that is over already, by how far its copy is. */
function restOf(task: JobTask, whole: number, startedAt: number | null, jobs: Known, clock: number): number {
  const fraction = taskFraction(task, jobs);
  if (startedAt === null) return whole * (1 - fraction);
  const elapsed = Math.max(0, (clock - startedAt) / 1000);
  if (elapsed < whole) return whole - elapsed;
  return Math.min(whole, fraction > 0 ? (elapsed * (1 - fraction)) / fraction : whole);
}

/** Moves differ from each other, which evens out over many, and their mean is known only as well as so many tell. */
function rangeOf(
  seconds: number,
  moves: readonly MoveLeft[],
  spread: number,
  seen: number,
): { low: number; high: number } {
  if (seconds === 0) return { low: 0, high: 0 };
  const single = moves.reduce((sum, move) => sum + move.seconds ** 2, 0);
  const off = (spread * Math.sqrt(single + seconds ** 2 / Math.max(1, seen))) / seconds;
  return { low: seconds * Math.exp(-SPREADS * off), high: seconds * Math.exp(SPREADS * off) };
}

/** "about 12 min, 9 to 20 min" */
export function timeLeftWords({ seconds, low, high }: TimeLeft): string {
  const [about, from, to] = [seconds, low, high].map((one) =>
    formatDuration(coarse(Math.max(1, one))).replace(".0 s", " s"),
  );
  if (from === to) return `about ${about}`;
  const unit = / (s|min)$/.exec(from ?? "")?.[0];
  const isOneUnit = unit !== undefined && !/ \w+ /.test(from ?? "") && to?.endsWith(unit) && !/ \w+ /.test(to);
  return `about ${about}, ${isOneUnit ? from?.slice(0, -unit.length) : from} to ${to}`;
}

/** An estimate is told no finer than it is: whole seconds up to a minute, whole minutes from ten on. */
function coarse(seconds: number): number {
  if (seconds < 60) return Math.round(seconds);
  if (seconds < 600) return Math.round(seconds / 5) * 5;
  return Math.round(seconds / 60) * 60;
}
