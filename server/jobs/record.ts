import "server-only";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { isJobOpen, type Job, type JobRecord, type Jobs } from "@/lib/domain/job";
import { emptyRecord, type JobSight, observeTasks, withSample } from "@/lib/domain/job-record";
import { jobWork } from "@/lib/domain/job-work";
import { timingOf } from "@/lib/domain/move-pace";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { busiestAbove, readPicture } from "./measure";
import { type JobsMemory, jobsMemory } from "./memory";

const KEPT_TIMINGS = 500;

/** Adds this reading to what is remembered of the newest job, and gives it back. null: there never was a job. */
export function recordJob(target: Target, seen: Omit<Jobs, "record">, clock: number): JobRecord | null {
  const memory = jobsMemory(target);
  const job = seen.jobs[0];
  if (!job) return null;
  if (isAnother(memory.lastJob, job)) begin(target, memory, job);
  const { groupBytes } = memory;
  const bytesOf = (shardId: number) => groupBytes.get(shardId) ?? null;
  const sight: JobSight = { clock, tasks: seen.tasks, progress: seen.progress, bytesOf };
  const before = memory.record ?? emptyRecord(job.jobId);
  const observed = observeTasks(before, memory.lastSight, sight);
  const copied = isJobOpen(job) ? jobWork({ ...seen, record: observed })?.bytesDone : undefined;
  const record = typeof copied === "number" ? withSample(observed, clock, copied) : observed;
  keepTimings(memory, seen, before, record);
  if (memory.lastJob && isJobOpen(memory.lastJob) && !isJobOpen(job)) measureAfter(target, memory, job.jobId);
  memory.record = record;
  memory.lastSight = sight;
  memory.lastJob = job;
  return record;
}

/** A cluster that was made anew counts its jobs from 1 again, so the number alone is not the job. */
function isAnother(known: Job | null, job: Job): boolean {
  if (known?.jobId !== job.jobId) return true;
  return known.startedAt !== null && known.startedAt !== job.startedAt;
}

function begin(target: Target, memory: JobsMemory, job: Job): void {
  memory.record = emptyRecord(job.jobId);
  memory.lastSight = null;
  memory.lastJob = null;
  memory.groupBytes = new Map();
  const isFresh = isJobOpen(job) && job.moves.done === 0;
  measure(target, (picture) => {
    if (memory.record?.jobId !== job.jobId) return;
    memory.groupBytes = groupBytesOf(picture);
    memory.record = { ...memory.record, busiestBefore: isFresh ? busiestAbove(picture) : null };
  });
}

function groupBytesOf(picture: ClusterPicture): Map<number, number> {
  const entries = picture.groups.flatMap((group) => {
    const { bytes } = group;
    return bytes === null ? [] : group.shardIds.map((shardId) => [shardId, bytes] as const);
  });
  return new Map(entries);
}

function measureAfter(target: Target, memory: JobsMemory, jobId: number): void {
  measure(target, (picture) => {
    if (memory.record?.jobId === jobId) memory.record = { ...memory.record, busiestAfter: busiestAbove(picture) };
  });
}

/** Beside the reading and never in its way, because measuring asks every node. What cannot be measured stays unknown. */
function measure(target: Target, use: (picture: ClusterPicture) => void): void {
  readPicture(target)
    .then(use)
    .catch((cause: unknown) => log.warn("could not measure for a job", { cause, clusterId: target.clusterId }));
}

/** The moves whose end was seen just now. */
function keepTimings(memory: JobsMemory, seen: Omit<Jobs, "record">, before: JobRecord, record: JobRecord): void {
  for (const task of seen.tasks) {
    const wasOver = (before.tasks[task.taskId]?.finishedAt ?? null) !== null;
    if (!task.move || wasOver) continue;
    for (const timing of timingOf({ record }, task)) memory.timings.push({ mode: task.move.mode, timing });
  }
  memory.timings = memory.timings.slice(-KEPT_TIMINGS);
}
