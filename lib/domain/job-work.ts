import { isJobOpen, type Job, type Jobs, type JobTask, type MoveProgress } from "./job";

/** How much of a job is done, in moves and in bytes. */
export type JobWork = {
  movesDone: number;
  moves: number;
  /** Of the moves that are done and, as far as they are, of those that run. null: some size is not known. */
  bytesDone: number | null;
  bytes: number | null;
  /** 0 to 1. By bytes where all sizes are known, else by moves. Only a finished job is 1. null: there is nothing to count. */
  fraction: number | null;
};

/** Until Citus says that a move is done it is not: the target may end smaller than the source, or stand still while catching up. */
const NEARLY = 0.99;

export function progressOfTask(task: JobTask, progress: readonly MoveProgress[]): MoveProgress | null {
  return task.pid === null ? null : (progress.find((move) => move.sessionId === task.pid) ?? null);
}

/** How far one task is, 0 to 1: what its target holds of what its source holds. */
export function taskFraction(task: JobTask, jobs: Pick<Jobs, "progress" | "record">): number {
  if (task.status === "done") return 1;
  if (task.status !== "running") return 0;
  const move = progressOfTask(task, jobs.progress);
  const seen = jobs.record?.tasks[task.taskId];
  const bytes = move?.sourceBytes ?? seen?.bytes;
  if (!bytes) return 0;
  return Math.min(NEARLY, Math.max(move?.targetBytes ?? 0, seen?.copiedBytes ?? 0) / bytes);
}

/** The newest job's work. null: there never was a job. */
export function jobWork(jobs: Pick<Jobs, "jobs" | "tasks" | "progress" | "record">): JobWork | null {
  const job = jobs.jobs[0];
  if (!job) return null;
  const moves = jobs.tasks.filter((task) => task.move !== null);
  const parts = moves.map((task) => ({
    fraction: taskFraction(task, jobs),
    bytes: jobs.record?.tasks[task.taskId]?.bytes ?? null,
  }));
  const bytes = total(parts.map((part) => part.bytes));
  const bytesDone = bytes === null ? null : Math.round(sum(parts.map((part) => part.fraction * (part.bytes ?? 0))));
  return {
    movesDone: moves.filter((task) => task.status === "done").length,
    moves: moves.length,
    bytesDone,
    bytes,
    fraction: fractionOf(
      job,
      parts.map((part) => part.fraction),
      bytesDone,
      bytes,
    ),
  };
}

function fractionOf(job: Job, fractions: readonly number[], bytesDone: number | null, bytes: number | null) {
  if (job.state === "finished") return 1;
  if (fractions.length === 0) return null;
  const share =
    bytes !== null && bytesDone !== null && bytes > 0 ? bytesDone / bytes : sum(fractions) / fractions.length;
  return isJobOpen(job) ? Math.min(NEARLY, share) : share;
}

function total(values: readonly (number | null)[]): number | null {
  return values.some((value) => value === null) ? null : sum(values.map((value) => value ?? 0));
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Speed is told over half a minute, so that it does not jump between two phases of one move. */
const SPEED_OVER_MS = 30_000;

/** Bytes per second of the last half minute. null: too little was seen. */
export function copySpeed(copied: readonly (readonly [number, number])[]): number | null {
  const last = copied.at(-1);
  const first = last && copied.find(([at]) => at >= last[0] - SPEED_OVER_MS);
  if (!last || !first || last[0] - first[0] < 2_000) return null;
  return Math.max(0, ((last[1] - first[1]) / (last[0] - first[0])) * 1000);
}
