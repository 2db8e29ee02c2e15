import type { JobRecord, JobTask, MoveProgress, TaskRecord, Watched } from "./job";

/** Between two tries of a task that failed: stands among its phases, so that the wait is seen as one. */
export const WAITING_FOR_RETRY = "Waiting for the next try";

/** What happened in a longer gap between two readings happened at a time nobody knows. An open job is read far more often, also when nobody looks. */
export const WATCHED_GAP_MS = 12_000;

/** What was read of a job at one moment. `clock` is the coordinator's; `bytesOf` the measured size of a shard's group. */
export type JobSight = {
  clock: number;
  tasks: readonly JobTask[];
  progress: readonly MoveProgress[];
  bytesOf: (shardId: number) => number | null;
};

export const UNSEEN: TaskRecord = { bytes: null, copiedBytes: 0, startedAt: null, finishedAt: null, phases: [] };

export function emptyRecord(jobId: number): JobRecord {
  return { jobId, tasks: {}, copied: [], skewBefore: null, skewAfter: null, watched: [], usual: null };
}

/**
 * Adds to the record of a job what can be told from one more look at it. Citus itself keeps no times of tasks: a task's
 * start and end are known only if somebody looked shortly before and after.
 */
export function observeTasks(record: JobRecord, before: JobSight | null, now: JobSight): JobRecord {
  const watchedSince = before && now.clock - before.clock <= WATCHED_GAP_MS ? before : null;
  const formerStatus = new Map(watchedSince?.tasks.map((task) => [task.taskId, task.status]));
  const moves = new Map(now.progress.map((move) => [move.sessionId, move]));
  const tasks = now.tasks.map((task) => {
    const recorded = record.tasks[task.taskId] ?? UNSEEN;
    const known = { ...recorded, bytes: recorded.bytes ?? (task.move ? now.bytesOf(task.move.shardId) : null) };
    const former = formerStatus.get(task.taskId);
    const move = task.pid === null ? undefined : moves.get(task.pid);
    return [
      String(task.taskId),
      observeTask(known, task, move, former, watchedSince?.clock ?? null, now.clock),
    ] as const;
  });
  return { ...record, tasks: Object.fromEntries(tasks) };
}

/** One more look at the job, at this moment. */
export function withLook(record: JobRecord, clock: number): JobRecord {
  return { ...record, watched: joinLook(record.watched, clock) };
}

function joinLook(watched: readonly Watched[], clock: number): Watched[] {
  const last = watched.at(-1);
  if (!last || clock - last[1] > WATCHED_GAP_MS) return [...watched, [clock, clock]];
  return [...watched.slice(0, -1), [last[0], Math.max(last[1], clock)]];
}

function observeTask(
  known: TaskRecord,
  task: JobTask,
  move: MoveProgress | undefined,
  former: JobTask["status"] | undefined,
  lookedAt: number | null,
  clock: number,
): TaskRecord {
  if (task.status === "running" || task.status === "cancelling") {
    const running = { ...known, startedAt: known.startedAt ?? (former === undefined ? null : clock) };
    if (!move) return running;
    const copiedBytes = Math.max(known.copiedBytes, move.targetBytes ?? 0);
    return withPhase({ ...running, bytes: move.sourceBytes ?? known.bytes, copiedBytes }, move.phase, clock);
  }
  if (task.status === "runnable" && task.retryCount > 0) {
    return withPhase({ ...known, copiedBytes: 0 }, WAITING_FOR_RETRY, clock); // what it had copied is removed
  }
  const isOver = task.status === "done" || task.status === "error" || task.status === "cancelled";
  const sawItWork = former !== undefined && former !== task.status;
  if (!isOver || known.finishedAt !== null || !sawItWork) return known;
  if (task.status === "cancelled" && known.startedAt === null) return known; // it never ran
  // A task that began and ended between two looks: no earlier than the first of them.
  return { ...known, startedAt: known.startedAt ?? lookedAt, finishedAt: clock };
}

function withPhase(known: TaskRecord, phase: string, at: number): TaskRecord {
  if (known.phases.at(-1)?.phase === phase) return known;
  return { ...known, phases: [...known.phases, { phase, at }] };
}

/** Three minutes of readings: enough for a curve and for a speed that does not jump. */
const KEPT_SAMPLES = 180;

export function withSample(record: JobRecord, clock: number, copiedBytes: number): JobRecord {
  return { ...record, copied: [...record.copied, [clock, copiedBytes] as [number, number]].slice(-KEPT_SAMPLES) };
}
