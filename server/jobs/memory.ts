import "server-only";
import type { Brakes } from "@/lib/domain/brakes";
import type { Job, JobRecord, JobTask } from "@/lib/domain/job";
import type { JobSight } from "@/lib/domain/job-record";
import type { ModeTiming } from "@/lib/domain/move-pace";
import type { Target } from "@/server/clusters";

/** What the server remembers between two readings of a cluster's jobs. */
export type JobsMemory = {
  /** Jobs that are over do not change: their tasks are counted once. By a key that a re-created cluster does not repeat. */
  over: Map<string, Job>;
  /** Tasks of the newest job when it was over. */
  overTasks: { key: string; tasks: JobTask[] } | null;
  record: JobRecord | null;
  /** The newest job at the last look, and what was read of it. */
  lastJob: Job | null;
  lastSight: JobSight | null;
  /** Measured bytes of each shard's group, from when the newest job was first seen. */
  groupBytes: ReadonlyMap<number, number>;
  /** The moves that were seen from start to end, the oldest first. null: those on record were not looked up yet. */
  timings: ModeTiming[] | null;
  /** As they were last looked at. */
  brakes: Brakes | null;
};

const holder = globalThis as typeof globalThis & { __shardboardJobs?: Map<string, JobsMemory> };

export function jobsMemory({ clusterId }: Target): JobsMemory {
  holder.__shardboardJobs ??= new Map();
  const known = holder.__shardboardJobs.get(clusterId);
  if (known) return known;
  const fresh: JobsMemory = {
    over: new Map(),
    overTasks: null,
    record: null,
    lastJob: null,
    lastSight: null,
    groupBytes: new Map(),
    timings: null,
    brakes: null,
  };
  holder.__shardboardJobs.set(clusterId, fresh);
  return fresh;
}

/** A sandbox that is made anew counts its jobs from 1 again; their times differ. */
export function keyOfJob(job: Pick<Job, "jobId" | "state" | "startedAt" | "finishedAt">): string {
  return `${job.jobId} ${job.state} ${job.startedAt} ${job.finishedAt}`;
}
