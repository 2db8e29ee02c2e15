import "server-only";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { recordOf, sightOf } from "@/lib/domain/flight-replay";
import { isJobOpen, type Job, type JobRecord, type Jobs, type UsualPace } from "@/lib/domain/job";
import {
  emptyRecord,
  type JobSight,
  observeTasks,
  WATCHED_GAP_MS,
  withLook,
  withSample,
} from "@/lib/domain/job-record";
import { jobWork } from "@/lib/domain/job-work";
import { timingOf, usualPaceOf, wayOf } from "@/lib/domain/move-pace";
import type { Target } from "@/server/clusters";
import { recall } from "@/server/flights/recall";
import { log } from "@/server/log";
import { readPicture, skewNow } from "./measure";
import { type JobsMemory, jobsMemory } from "./memory";

const KEPT_TIMINGS = 500;
const STILL_AS_IT_ENDED_MS = 10 * 60_000;

/** Adds this reading to what is remembered of the newest job, and gives it back. null: there never was a job. */
export async function recordJob(target: Target, seen: Omit<Jobs, "record">, clock: number): Promise<JobRecord | null> {
  const memory = jobsMemory(target);
  const job = seen.jobs[0];
  if (!job) return null;
  if (isAnother(memory.lastJob, job) || wasAway(memory, clock)) await begin(target, memory, job, clock);
  const { groupBytes } = memory;
  const bytesOf = (shardId: number) => groupBytes.get(shardId) ?? null;
  const sight: JobSight = { clock, tasks: seen.tasks, progress: seen.progress, bytesOf };
  const before = memory.record ?? emptyRecord(job.jobId);
  const observed = observeTasks(before, memory.lastSight, sight);
  const copied = isJobOpen(job) ? jobWork({ ...seen, record: observed })?.bytesDone : undefined;
  const sampled = typeof copied === "number" ? withSample(observed, clock, copied) : observed;
  const wasOpen = memory.lastJob !== null && isJobOpen(memory.lastJob);
  const record = isJobOpen(job) || wasOpen ? withLook(sampled, clock) : sampled;
  keepTimings(memory, seen, before, record);
  if (wasOpen && !isJobOpen(job)) measureAfter(target, memory, job.jobId);
  memory.record = record;
  memory.lastSight = sight;
  memory.lastJob = job;
  return record;
}

/** Another console may have looked meanwhile: what it kept is gone on from. */
function wasAway({ lastJob, lastSight }: JobsMemory, clock: number): boolean {
  return lastJob !== null && isJobOpen(lastJob) && lastSight !== null && clock - lastSight.clock > WATCHED_GAP_MS;
}

/** A cluster that was made anew counts its jobs from 1 again, so the number alone is not the job. */
function isAnother(known: Job | null, job: Job): boolean {
  if (known?.jobId !== job.jobId) return true;
  return known.startedAt !== null && known.startedAt !== job.startedAt;
}

/** Goes on from what is on record of the job, in this process or in another; a job without a record begins one. */
async function begin(target: Target, memory: JobsMemory, job: Job, clock: number): Promise<void> {
  const kept = await recall(target, job);
  memory.timings ??= kept.timings;
  memory.record = kept.flight ? recordOf(kept.flight) : emptyRecord(job.jobId);
  memory.lastSight = kept.flight ? sightOf(kept.flight) : null;
  memory.lastJob = kept.flight?.job ?? null;
  memory.groupBytes = new Map();
  memory.record.usual ??= usualOf(memory, job);
  const isFresh = isJobOpen(job) && job.moves.done === 0 && memory.record.skewBefore === null;
  if (isJobOpen(job))
    measure(target, (picture) => {
      if (memory.record?.jobId !== job.jobId) return;
      memory.groupBytes = groupBytesOf(picture);
      if (isFresh) memory.record = { ...memory.record, skewBefore: skewNow(picture) };
    });
  else if (isUnmeasured(memory.record, job, clock)) measureAfter(target, memory, job.jobId);
}

function usualOf({ timings }: JobsMemory, job: Job): UsualPace | null {
  const { mode } = job;
  const alike = (timings ?? []).filter((entry) => mode !== null && wayOf(entry.mode) === wayOf(mode));
  return usualPaceOf(alike.map((entry) => entry.timing));
}

/** Its end came while nobody could measure, and is so short ago that nothing else will have moved. */
function isUnmeasured({ skewBefore, skewAfter }: JobRecord, { finishedAt }: Job, clock: number): boolean {
  return skewBefore !== null && skewAfter === null && finishedAt !== null && clock - finishedAt < STILL_AS_IT_ENDED_MS;
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
    if (memory.record?.jobId === jobId) memory.record = { ...memory.record, skewAfter: skewNow(picture) };
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
  const timings = memory.timings ?? [];
  for (const task of seen.tasks) {
    const wasOver = (before.tasks[task.taskId]?.finishedAt ?? null) !== null;
    if (!task.move || wasOver) continue;
    for (const timing of timingOf({ record }, task)) timings.push({ mode: task.move.mode, timing });
  }
  memory.timings = timings.slice(-KEPT_TIMINGS);
}
