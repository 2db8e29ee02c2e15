import "server-only";
import { isJobOpen, type Job, type Jobs, type JobTask, jobsSchema } from "@/lib/domain/job";
import { redactJobs } from "@/lib/domain/redact";
import type { Target } from "@/server/clusters";
import { topic } from "@/server/live/topic";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/jobs";
import { withBlockers } from "./locks";
import { jobsMemory, keyOfJob } from "./memory";
import { readProgress } from "./progress";
import { listJobs, listTasks } from "./reads";
import { recordJob } from "./record";

/** Something moves: a job is open, or somebody moves a shard without one. */
const isAtWork = ({ jobs, progress }: Jobs) => progress.length > 0 || jobs.some(isJobOpen);

const REST_MS = 30_000;

export const jobsTopic = topic({
  name: "jobs",
  schema: jobsSchema,
  paceMs: (last) => (last && isAtWork(last) ? 1_000 : 3_000),
  restMs: REST_MS,
  // A run is found and on record whole, whoever watches and whatever else was read: what nobody looked at cannot be told afterwards.
  mostMs: (last) => (isAtWork(last) ? 5_000 : REST_MS),
  followMs: (last) => (isAtWork(last) ? 2_000 : null),
  read: readJobs,
  redact: redactJobs,
});

/** The topic's content, and one more line in what is remembered of the newest job. */
export async function readJobs(target: Target): Promise<Jobs> {
  const [jobs, pulses, reading] = await Promise.all([
    listJobs(target),
    run(target, statements.readPulse, undefined),
    readProgress(target),
  ]);
  const newest = jobs[0];
  const tasks = newest ? withBlockers(target, await tasksOf(target, newest), reading.progress) : [];
  const pulse = pulses[0];
  const isOpen = newest !== undefined && isJobOpen(newest);
  const seen = {
    jobs,
    tasks,
    progress: reading.progress,
    progressProblem: isOpen ? reading.problem : null,
    executors: pulse?.executors ?? null,
    executorsPerNode: pulse?.executors_per_node ?? null,
    queueIntervalMs: pulse?.queue_interval_ms ?? null,
    clock: isOpen ? (pulse?.clock ?? null) : null,
    monitorAlive: isOpen ? (pulse?.monitor_alive ?? null) : null,
    brakes: jobsMemory(target).brakes,
  };
  return { ...seen, record: pulse ? await recordJob(target, seen, pulse.clock) : null };
}

/** A job that is over keeps its tasks as they are: they are read once. */
async function tasksOf(target: Target, job: Job): Promise<JobTask[]> {
  const memory = jobsMemory(target);
  const key = keyOfJob(job);
  if (memory.overTasks?.key === key) return memory.overTasks.tasks;
  const tasks = await listTasks(target, job.jobId);
  if (!isJobOpen(job)) memory.overTasks = { key, tasks };
  return tasks;
}
