import type { Flight, FlightSample, FlightTask } from "./flight";
import {
  isJobOpen,
  type Job,
  type JobRecord,
  type Jobs,
  type JobTask,
  type MoveProgress,
  type TaskRecord,
} from "./job";
import { emptyRecord, type JobSight, WAITING_FOR_RETRY } from "./job-record";

/** A record with its samples by task, so that one moment after the other can be drawn from it. */
export type Replay = {
  flight: Flight;
  samplesOf: ReadonlyMap<number, readonly FlightSample[]>;
  /** Bytes copied by each moment at which something was sampled. */
  copied: readonly (readonly [at: number, bytes: number])[];
  from: number;
  to: number;
};

export function replayOf(flight: Flight): Replay {
  const samplesOf = Map.groupBy(flight.samples, (sample) => sample.taskId);
  const looks = flight.watched.flat();
  const { startedAt, finishedAt } = flight.job;
  const from = startedAt ?? looks[0] ?? 0;
  return { flight, samplesOf, copied: copiedOf(flight), from, to: Math.max(from, finishedAt ?? looks.at(-1) ?? from) };
}

/** The run as the topic `jobs` would have shown it at a moment. At its end it is as it ended. */
export function jobsAt({ flight, samplesOf, copied, to }: Replay, at: number): Jobs {
  const isEnd = at >= to && !isJobOpen(flight.job);
  const seen = flight.tasks.map((task) => {
    const samples = (samplesOf.get(task.taskId) ?? []).filter((sample) => sample.at <= at);
    return { task, samples, last: samples.at(-1) ?? samplesOf.get(task.taskId)?.[0] };
  });
  const tasks = seen.map(({ task, last }) => taskAt(task, last));
  const record: JobRecord = {
    jobId: flight.job.jobId,
    tasks: Object.fromEntries(seen.map(({ task, samples }) => [String(task.taskId), recordAt(task, samples, at)])),
    copied: copied.filter(([when]) => when <= at).map(([when, bytes]): [number, number] => [when, bytes]),
    skewBefore: flight.skewBefore,
    skewAfter: isEnd ? flight.skewAfter : null,
    watched: flight.watched,
    usual: flight.usual,
  };
  return {
    jobs: [isEnd ? flight.job : jobThen(flight.job, tasks, at)],
    tasks,
    progress: seen.flatMap(({ task, last }) => (last ? progressThen(task, last) : [])),
    progressProblem: null,
    executors: flight.executors,
    executorsPerNode: flight.executorsPerNode,
    queueIntervalMs: null,
    clock: isEnd ? null : at,
    monitorAlive: null,
    record,
    brakes: null,
  };
}

/** What is remembered of a run that goes on: as it was at the last look. */
export function recordOf(flight: Flight): JobRecord {
  const { record } = jobsAt(replayOf(flight), Number.POSITIVE_INFINITY);
  return { ...(record ?? emptyRecord(flight.job.jobId)), skewAfter: flight.skewAfter };
}

/** The last look itself, so that the next can tell what happened since. null: there was none. */
export function sightOf(flight: Flight): JobSight | null {
  const clock = flight.watched.at(-1)?.[1];
  if (clock === undefined) return null;
  const replay = replayOf(flight);
  return { clock, tasks: jobsAt(replay, clock).tasks, progress: [], bytesOf: () => null };
}

/** The job as it can be told from its tasks: it was open until its end. */
function jobThen(job: Job, tasks: readonly JobTask[], at: number): Job {
  const moves = tasks.filter((task) => task.move !== null);
  return {
    ...job,
    state: isJobOpen(job) ? job.state : job.startedAt !== null && at >= job.startedAt ? "running" : "scheduled",
    finishedAt: null,
    failure: null,
    taskCounts: Object.fromEntries(
      [...Map.groupBy(tasks, (task) => task.status)].map(([key, all]) => [key, all.length]),
    ),
    moves: { done: moves.filter((task) => task.status === "done").length, total: moves.length },
  };
}

function taskAt({ taskId, command, move, dependsOn }: FlightTask, last: FlightSample | undefined): JobTask {
  const status = last?.status ?? "blocked";
  return {
    taskId,
    status,
    pid: status === "running" || status === "cancelling" ? taskId : null,
    command,
    move,
    retryCount: last?.retryCount ?? 0,
    notBefore: last?.notBefore ?? null,
    message: last?.message ?? null,
    dependsOn,
    blockedBy: last?.blockedBy ?? null,
  };
}

/** The number of the task stands for its process, which nobody has to know any more. */
function progressThen({ taskId, move }: FlightTask, last: FlightSample): MoveProgress[] {
  if (!move || last.phase === null || (last.status !== "running" && last.status !== "cancelling")) return [];
  const { phase, sourceBytes, targetBytes, lagBytes } = last;
  const shardIds = [move.shardId];
  return [
    {
      sessionId: taskId,
      shardIds,
      source: "",
      target: "",
      phase,
      operation: "move",
      sourceBytes,
      targetBytes,
      lagBytes,
    },
  ];
}

const until = (moment: number | null, at: number) => (moment !== null && moment <= at ? moment : null);

/** What was seen of a task by a moment; `samples` are those up to it. */
function recordAt(task: FlightTask, samples: readonly FlightSample[], at: number): TaskRecord {
  const phases: TaskRecord["phases"] = [];
  let copiedBytes = 0;
  for (const sample of samples) {
    const isRetry = sample.status === "runnable" && sample.retryCount > 0;
    const phase = isRetry ? WAITING_FOR_RETRY : sample.phase;
    copiedBytes = isRetry ? 0 : Math.max(copiedBytes, sample.targetBytes ?? 0);
    if (phase !== null && phases.at(-1)?.phase !== phase) phases.push({ phase, at: sample.at });
  }
  const { bytes, startedAt, finishedAt } = task;
  return { bytes, copiedBytes, startedAt: until(startedAt, at), finishedAt: until(finishedAt, at), phases };
}

function copiedOf({ tasks, samples }: Flight): [number, number][] {
  const bytesOf = new Map(tasks.map((task) => [task.taskId, task.bytes ?? 0]));
  const copied = new Map<number, number>();
  let sum = 0;
  const points: [number, number][] = [];
  for (const sample of samples) {
    const bytes = bytesOf.get(sample.taskId) ?? 0;
    const before = copied.get(sample.taskId) ?? 0;
    const isRetry = sample.status === "runnable";
    const now =
      sample.status === "done" ? bytes : isRetry ? 0 : Math.max(before, Math.min(bytes, sample.targetBytes ?? 0));
    copied.set(sample.taskId, now);
    sum += now - before;
    if (points.at(-1)?.[0] === sample.at) points.pop();
    points.push([sample.at, sum]);
  }
  return points;
}
