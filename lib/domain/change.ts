import { z } from "zod";
import { problemSchema } from "../errors";

/** One line of a preflight: what was looked at and what it means. `bad` refuses the change. */
export const noteSchema = z.object({
  tone: z.enum(["ok", "info", "warn", "bad"]),
  text: z.string(),
  /** What it means or what to do, in one more sentence. */
  detail: z.string().optional(),
});
export type Note = z.infer<typeof noteSchema>;

/** One step of a change, with the exact SQL that will be sent. A step without SQL is a check or a wait. */
export const plannedStepSchema = z.object({
  title: z.string(),
  sql: z.array(z.string()),
  takes: z.string().optional(),
});

/** A change as the confirmation shows it. Asked before the click, and made again by the server when it starts. */
export const changePlanSchema = z.object({
  /** "node.drain": also the label of the record. */
  change: z.string(),
  steps: z.array(plannedStepSchema),
  notes: z.array(noteSchema),
  /** Why it cannot be started now; null: it can. */
  refusal: z.string().nullable(),
  /** What has to be typed before it may start (drain, remove, undistribute); null: nothing. */
  typed: z.string().nullable(),
  /** The database login that will run it. */
  login: z.string(),
  /** Of everything the plan depends on. Start sends it back; a different one refuses with `stale_plan`. */
  fingerprint: z.string(),
});
export type ChangePlan = z.infer<typeof changePlanSchema>;

export const RUN_STATES = ["running", "succeeded", "failed", "unknown"] as const;

export const runStepSchema = z.object({
  title: z.string(),
  sql: z.array(z.string()),
  state: z.enum(["waiting", "running", "done", "failed"]),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  /** NOTICE and WARNING texts of the server, in order: much of what Citus has to say comes this way. */
  messages: z.array(z.string()),
});

/** One execution of a change: an element of the topic `runs`. */
export const runSchema = z.object({
  id: z.string(),
  change: z.string(),
  /** The object's name as people know it: ":55167", "public.orders". */
  subject: z.string(),
  actor: z.string(),
  state: z.enum(RUN_STATES),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  steps: z.array(runStepSchema),
  problem: problemSchema.nullable(),
  /** The background job that the change started; followed in the topic `jobs`. */
  jobId: z.number().nullable(),
  /** What was re-read afterwards: is the effect there, in one sentence. null: not checked yet. */
  effect: z.object({ seen: z.boolean(), sentence: z.string() }).nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** The topic `runs`, newest first: what people started from this console since it started. */
export const runsSchema = z.object({ runs: z.array(runSchema) });
