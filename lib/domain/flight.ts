import { z } from "zod";
import { jobSchema, skewNowSchema, TASK_STATES, taskMoveSchema, usualPaceSchema, watchedSchema } from "./job";

/** A task of a recorded run: what does not change while it waits and works, and the times that were seen of it. */
export const flightTaskSchema = z.object({
  taskId: z.number(),
  command: z.string(),
  move: taskMoveSchema.nullable(),
  dependsOn: z.array(z.number()),
  /** Of its shard group. */
  bytes: z.number().nullable(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
});
export type FlightTask = z.infer<typeof flightTaskSchema>;

/** How a task stood from this moment on, until its next sample. */
export const flightSampleSchema = z.object({
  at: z.number(),
  taskId: z.number(),
  status: z.enum(TASK_STATES),
  phase: z.string().nullable(),
  sourceBytes: z.number().nullable(),
  targetBytes: z.number().nullable(),
  /** WAL that the target has still to replay. */
  lagBytes: z.number().nullable(),
  retryCount: z.int(),
  notBefore: z.number().nullable(),
  /** The last error's words. */
  message: z.string().nullable(),
  /** The session whose lock it waits for. */
  blockedBy: z.string().nullable(),
});
export type FlightSample = z.infer<typeof flightSampleSchema>;

/** The whole record of one run: a job of moves from its first look to its last. Times by the coordinator's clock. */
export const flightSchema = z.object({
  /** As it was at the last look. */
  job: jobSchema,
  executors: z.int().nullable(),
  executorsPerNode: z.int().nullable(),
  skewBefore: skewNowSchema.nullable(),
  skewAfter: skewNowSchema.nullable(),
  usual: usualPaceSchema.nullable(),
  /** The cluster has this job no longer, or another one under its number: it was still open at the last look. */
  isLost: z.boolean(),
  tasks: z.array(flightTaskSchema),
  /** Oldest first. */
  samples: z.array(flightSampleSchema),
  watched: z.array(watchedSchema),
});
export type Flight = z.infer<typeof flightSchema>;

/** What stands of a run at its head: everything but its tasks, samples and looks. */
export const flightHeadSchema = flightSchema.omit({ tasks: true, samples: true, watched: true });
export type FlightHead = z.infer<typeof flightHeadSchema>;

/** A run in the list of those that are on record. */
export const flightEntrySchema = z.object({ jobId: z.number(), startedAt: z.number().nullable() });
export const flightListSchema = z.object({ flights: z.array(flightEntrySchema) });
