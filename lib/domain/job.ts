import { z } from "zod";
import { brakesSchema } from "./brakes";

export const JOB_STATES = ["scheduled", "running", "finished", "cancelling", "cancelled", "failing", "failed"] as const;
export const TASK_STATES = [
  "blocked",
  "runnable",
  "running",
  "done",
  "cancelling",
  "error",
  "unscheduled",
  "cancelled",
] as const;

/** Phases of a move in Citus' own words and order; block_writes leaves some out. */
export const MOVE_PHASES = [
  "Not Started Yet",
  "Setting Up",
  "Copying Data",
  "Catching Up",
  "Creating Constraints",
  "Final Catchup",
  "Creating Foreign Keys",
  "Completing",
  "Completed",
] as const;

/** What a task's command says it does: citus_move_shard_placement(<shard>,<source>,<target>,'<mode>') or the reference step. */
export const taskMoveSchema = z.object({
  shardId: z.number(),
  sourceNodeId: z.int(),
  targetNodeId: z.int(),
  mode: z.string(),
});

export const jobTaskSchema = z.object({
  taskId: z.number(),
  status: z.enum(TASK_STATES),
  pid: z.int().nullable(),
  command: z.string(),
  /** null: not a shard move (for example replicate_reference_tables). */
  move: taskMoveSchema.nullable(),
  /** Attempts that failed so far; Citus gives up after 32 retries. */
  retryCount: z.int(),
  /** Epoch milliseconds of the next try, while it waits for one. */
  notBefore: z.number().nullable(),
  /** The last error's text, or null: a task that failed is `runnable` again with this set. The words of a task that succeeded are left out. */
  message: z.string().nullable(),
  dependsOn: z.array(z.number()),
  /** The session whose lock it waits for, by its global pid. null: none, or not known. */
  blockedBy: z.string().nullable(),
});
export type JobTask = z.infer<typeof jobTaskSchema>;

/** One running move as get_rebalance_progress() tells it, summed over the colocated shards of the group. */
export const moveProgressSchema = z.object({
  /** pid of the executor: equals the task's pid. */
  sessionId: z.int(),
  shardIds: z.array(z.number()),
  source: z.string(),
  target: z.string(),
  phase: z.string(),
  operation: z.string(),
  sourceBytes: z.number().nullable(),
  targetBytes: z.number().nullable(),
  /** WAL bytes the target still has to replay; null before the subscription exists and in block_writes. */
  lagBytes: z.number().nullable(),
});
export type MoveProgress = z.infer<typeof moveProgressSchema>;

export const jobSchema = z.object({
  jobId: z.number(),
  state: z.enum(JOB_STATES),
  jobType: z.string(),
  description: z.string(),
  /** Epoch milliseconds by the coordinator's clock. */
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  taskCounts: z.partialRecord(z.enum(TASK_STATES), z.int()),
  /** Of the tasks, those that move a shard group; the rest copies reference tables. */
  moves: z.object({ done: z.int(), total: z.int() }),
  /** The transfer mode its moves name; null: it moves nothing. */
  mode: z.string().nullable(),
  /** The last error of a task that was given up; null: none was. */
  failure: z.string().nullable(),
});
export type Job = z.infer<typeof jobSchema>;

/** What was seen of one task. Times by the coordinator's clock; a step is as fine as the reading. */
export const taskRecordSchema = z.object({
  /** Of the shard group, as measured when the job was first seen or, better, when its move ran. */
  bytes: z.number().nullable(),
  /** The most its target was seen to hold in this try: a move is missing from the progress for a moment before it is done. */
  copiedBytes: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  phases: z.array(z.object({ phase: z.string(), at: z.number() })),
});
export type TaskRecord = z.infer<typeof taskRecordSchema>;

/** How evenly shard groups lay at one moment. */
export const skewNowSchema = z.object({
  /** How far the busiest node is above the mean: 0.35 is 35 %. null: some size is not known, or there is nothing to compare. */
  bytes: z.number().nullable(),
  groups: z.number().nullable(),
  /** Shard groups on nodes that may not hold any: what a drain empties. */
  closedGroups: z.int(),
});
export type SkewNow = z.infer<typeof skewNowSchema>;

/** From when to when a job was looked at without a break: the moments of the first look and of the last. */
export const watchedSchema = z.tuple([z.number(), z.number()]);
export type Watched = z.infer<typeof watchedSchema>;

/** What moves took here before: seconds = a + b × bytes, and how far single ones were off that (0.3 is 30 %). */
export const usualPaceSchema = z.object({
  secondsPerMove: z.number(),
  secondsPerByte: z.number(),
  from: z.int(),
  spread: z.number(),
});
export type UsualPace = z.infer<typeof usualPaceSchema>;

/** What is remembered of the newest job. Kept in the console's own state too, so that neither a page that is loaded again nor a restart loses it. */
export const jobRecordSchema = z.object({
  jobId: z.number(),
  /** By task id. */
  tasks: z.record(z.string(), taskRecordSchema),
  /** Time and bytes copied so far, oldest first, of the last few minutes. */
  copied: z.array(z.tuple([z.number(), z.number()])),
  /** Before the first move and after the last; null: not measured. */
  skewBefore: skewNowSchema.nullable(),
  skewAfter: skewNowSchema.nullable(),
  /** The spans in which it was looked at, oldest first: between them nothing is known. */
  watched: z.array(watchedSchema),
  /** null: no move was seen here before it. */
  usual: usualPaceSchema.nullable(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

/** The topic `jobs`: background jobs (the newest 50), the tasks of the newest, the moves that run now, and what this console remembers of it. */
export const jobsSchema = z.object({
  /** Newest first. */
  jobs: z.array(jobSchema),
  /** Tasks of the newest job, in task order; empty when there never was a job. */
  tasks: z.array(jobTaskSchema),
  progress: z.array(moveProgressSchema),
  /** Why progress is not known though a move runs (a node taking part is down); null when it is known. */
  progressProblem: z.string().nullable(),
  /** Live values of the settings that pace a run; null where the version lacks them. */
  executors: z.int().nullable(),
  executorsPerNode: z.int().nullable(),
  /** How often Citus looks for tasks that may start. */
  queueIntervalMs: z.number().nullable(),
  /** The coordinator's clock at this reading, while a job is open: what its times are counted from. */
  clock: z.number().nullable(),
  /** Whether the process that hands out tasks is there; null: this login may not see it, or no job is open. */
  monitorAlive: z.boolean().nullable(),
  record: jobRecordSchema.nullable(),
  /** null: none were ever set, or not looked at yet. */
  brakes: brakesSchema.nullable(),
});
export type Jobs = z.infer<typeof jobsSchema>;

/** Whether shard groups are on their way, in a job or called by hand. */
export function isMoving(jobs: Pick<Jobs, "jobs" | "progress"> | null): boolean {
  return jobs !== null && (jobs.jobs.some(isJobOpen) || jobs.progress.length > 0);
}

/** States in which a job still does or may do something; Citus refuses a second rebalance in these. */
export function isJobOpen(job: Pick<Job, "state">): boolean {
  return job.state === "scheduled" || job.state === "running" || job.state === "cancelling" || job.state === "failing";
}
