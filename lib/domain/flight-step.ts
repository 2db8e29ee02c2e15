import type { Flight, FlightHead, FlightSample, FlightTask } from "./flight";
import type { Job, Jobs, JobTask, TaskRecord, Watched } from "./job";
import { UNSEEN } from "./job-record";
import { progressOfTask } from "./job-work";

/** What is on record of a run so far, as far as the next step has to know it. */
export type FlightMemo = {
  head: FlightHead | null;
  tasks: ReadonlyMap<number, FlightTask>;
  /** The newest sample of each task. */
  samples: ReadonlyMap<number, FlightSample>;
  lookedAt: number | null;
};

/** What one more look adds to the record. */
export type FlightStep = {
  /** null: as before. */
  head: FlightHead | null;
  tasks: FlightTask[];
  samples: FlightSample[];
  /** The span that this look belongs to. null: it is on record already. */
  watched: Watched | null;
};

export const NO_MEMO: FlightMemo = { head: null, tasks: new Map(), samples: new Map(), lookedAt: null };

/** A short run is sampled this often. */
const SHORTEST_STEP_MS = 2_000;
/** A long one more seldom: with this many samples in its whole length so far, a run of a day stays a small record. */
const SAMPLES_PER_LENGTH = 1_500;

/**
 * What this look adds: each task that is new or changed its state, phase, retry or words, and from time to time how far those
 * at work are. `at` is the coordinator's clock.
 */
export function flightStep(memo: FlightMemo, job: Job, jobs: Omit<Jobs, "jobs">, at: number): FlightStep {
  const stepMs = Math.max(SHORTEST_STEP_MS, (at - (job.startedAt ?? at)) / SAMPLES_PER_LENGTH);
  const head = headOf(job, jobs, memo.head);
  const span = jobs.record?.watched.at(-1) ?? null;
  const tasks = jobs.tasks.map((task) => taskOf(task, jobs.record?.tasks[task.taskId], memo.tasks.get(task.taskId)));
  const samples = jobs.tasks.map((task) => sampleOf(task, jobs, at));
  return {
    head: isSame(head, memo.head) ? null : head,
    tasks: tasks.filter((task) => isNews(task, memo.tasks.get(task.taskId))),
    samples: samples.filter((sample) => isWorthKeeping(sample, memo.samples.get(sample.taskId), stepMs)),
    watched: span === null || span[1] === memo.lookedAt ? null : span,
  };
}

/** The memo after a step has been written. */
export function withStep(memo: FlightMemo, step: FlightStep): FlightMemo {
  return {
    head: step.head ?? memo.head,
    tasks: new Map([...memo.tasks, ...step.tasks.map((task) => [task.taskId, task] as const)]),
    samples: new Map([...memo.samples, ...step.samples.map((sample) => [sample.taskId, sample] as const)]),
    lookedAt: step.watched?.[1] ?? memo.lookedAt,
  };
}

/** The memo of a run that is on record. */
export function memoOf(flight: Flight): FlightMemo {
  const { tasks, samples, watched, ...head } = flight;
  return {
    head,
    tasks: new Map(tasks.map((task) => [task.taskId, task])),
    samples: new Map(samples.map((sample) => [sample.taskId, sample])),
    lookedAt: watched.at(-1)?.[1] ?? null,
  };
}

/** What was measured once stays, also where a process that takes over has not measured it. */
function headOf(job: Job, { executors, executorsPerNode, record }: Omit<Jobs, "jobs">, known: FlightHead | null) {
  return {
    job,
    executors,
    executorsPerNode,
    skewBefore: record?.skewBefore ?? known?.skewBefore ?? null,
    skewAfter: record?.skewAfter ?? known?.skewAfter ?? null,
    usual: record?.usual ?? known?.usual ?? null,
    isLost: false,
  };
}

function taskOf(task: JobTask, seen: TaskRecord = UNSEEN, known: FlightTask | undefined): FlightTask {
  const { taskId, command, move, dependsOn } = task;
  return {
    taskId,
    command,
    move,
    dependsOn,
    bytes: seen.bytes ?? known?.bytes ?? null,
    startedAt: seen.startedAt ?? known?.startedAt ?? null,
    finishedAt: seen.finishedAt ?? known?.finishedAt ?? null,
  };
}

function sampleOf(task: JobTask, jobs: Pick<Jobs, "progress">, at: number): FlightSample {
  const move = progressOfTask(task, jobs.progress);
  return {
    at,
    taskId: task.taskId,
    status: task.status,
    phase: move?.phase ?? null,
    sourceBytes: move?.sourceBytes ?? null,
    targetBytes: move?.targetBytes ?? null,
    lagBytes: move?.lagBytes ?? null,
    retryCount: task.retryCount,
    notBefore: task.notBefore,
    message: task.message,
    blockedBy: task.blockedBy,
  };
}

/** What else there is of a task never changes. */
function isNews(task: FlightTask, known: FlightTask | undefined): boolean {
  return known?.bytes !== task.bytes || known.startedAt !== task.startedAt || known.finishedAt !== task.finishedAt;
}

function isWorthKeeping(sample: FlightSample, known: FlightSample | undefined, stepMs: number): boolean {
  const isTurn =
    known?.status !== sample.status ||
    known.phase !== sample.phase ||
    known.retryCount !== sample.retryCount ||
    known.message !== sample.message ||
    known.blockedBy !== sample.blockedBy;
  if (isTurn) return true;
  const isFurther = known.targetBytes !== sample.targetBytes || known.lagBytes !== sample.lagBytes;
  return isFurther && sample.at - known.at >= stepMs;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
