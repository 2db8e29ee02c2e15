import { z } from "zod";
import { problemSchema } from "../errors";
import { verdictSchema } from "./access";

/** One line of a preflight: what was looked at and what it means. `bad` refuses the change. */
export const noteSchema = z.object({
  tone: z.enum(["ok", "info", "warn", "bad"]),
  text: z.string(),
  /** What it means or what to do, in one more sentence. */
  detail: z.string().optional(),
  /** `detail` quotes a statement of somebody: its literals are not for everyone. */
  quotesSql: z.literal(true).optional(),
  /** The operation that it speaks of: the one in the way. */
  runId: z.string().optional(),
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
  /** What else it hangs on, in words: which shards move where. */
  basis: z.array(z.string()),
  /** The database login that will run it. */
  login: z.string(),
  /** Whether the person who asked may start it, and if not, why. */
  mayStart: verdictSchema,
  /** Proves that this plan was shown to this person; good for two minutes. null: they may not start it, or it is refused. */
  confirmation: z.string().nullable(),
  /** Of everything the plan depends on. Start sends it back; a different one refuses with `stale_plan`. */
  fingerprint: z.string(),
});
export type ChangePlan = z.infer<typeof changePlanSchema>;

/**
 * `detached`: its statement may still run in the cluster, but the process that sent it is gone or lost the connection; the console
 * finds out how it ends. `unknown`: it could not be found out, so a person has to look.
 */
export const RUN_STATES = ["running", "detached", "succeeded", "failed", "unknown"] as const;

/** Whether it is still under way, so that what it claims is its own. */
export function isOpenRun({ state }: { state: (typeof RUN_STATES)[number] }): boolean {
  return state === "running" || state === "detached";
}

export const runStepSchema = z.object({
  title: z.string(),
  sql: z.array(z.string()),
  /** `running` is on disk before the statement is sent: a step that waits was never sent. */
  state: z.enum(["waiting", "running", "done", "failed"]),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
  /** NOTICE and WARNING texts of the server, in order: much of what Citus has to say comes this way. */
  messages: z.array(z.string()),
});

/** One execution of a change: an element of the topic `runs`. */
export const runSchema = z.object({
  /** The action id that the browser made: sent twice it is the same run. */
  id: z.string(),
  change: z.string(),
  /** The object's name as people know it: ":55167", "public.orders". */
  subject: z.string(),
  /** What goes on while it runs: "draining :55167". */
  doing: z.string(),
  /** The name of who started it, and the id that is unique over all ways to sign in. */
  actor: z.string(),
  actorId: z.string(),
  /** Why, in the words of who started it; null: none were given. */
  reason: z.string().nullable(),
  /** What was asked for, as the change takes it: with it the same can be planned again. */
  input: z.record(z.string(), z.json()),
  /** The database login that runs it, and the application_name under which its session is found in pg_stat_activity. */
  login: z.string(),
  applicationName: z.string(),
  state: z.enum(RUN_STATES),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
  steps: z.array(runStepSchema),
  problem: problemSchema.nullable(),
  /** The background job that the change started; followed in the topic `jobs`. */
  jobId: z.number().nullable(),
  /** What was re-read afterwards: is the effect there, in one sentence. null: not checked yet. */
  effect: z.object({ seen: z.boolean(), sentence: z.string() }).nullable(),
  /** How its end was found out, where the process that sent the statement did not see it. null: it did. */
  reconciled: z.object({ at: z.number(), sentence: z.string() }).nullable(),
  /** Who looked at a run whose end was unknown and closed it, with their remark. */
  closed: z.object({ at: z.number(), by: z.string(), remark: z.string() }).nullable(),
});
export type Run = z.infer<typeof runSchema>;

/** The topic `runs`, newest first: what people started, from whichever console process. */
export const runsSchema = z.object({ runs: z.array(runSchema) });
