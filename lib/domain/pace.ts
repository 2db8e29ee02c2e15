import { z } from "zod";
import { ALLOWED, clusterIdSchema, refused, type Verdict } from "./cluster";
import { isJobOpen, type Jobs } from "./job";

/** The two settings that say how many moves run side by side. */
export const PACE_SETTINGS = [
  "citus.max_background_task_executors",
  "citus.max_background_task_executors_per_node",
] as const;
export type PaceSetting = (typeof PACE_SETTINGS)[number];

/** More side by side is no pace but an overload: each move is a copy and a subscription. */
const MOST_EXECUTORS = 64;
const MOST_PER_NODE = 16;

export const paceInput = z.object({
  clusterId: clusterIdSchema,
  executors: z.int().min(1).max(MOST_EXECUTORS),
  /** null: this version has no such setting. */
  executorsPerNode: z.int().min(1).max(MOST_PER_NODE).nullable(),
});
export type PaceInput = z.infer<typeof paceInput>;

export const paceBackInput = z.object({ clusterId: clusterIdSchema, jobId: z.int().positive() });

/** How a setting stood before it was changed. */
export const paceWasSchema = z.object({
  name: z.enum(PACE_SETTINGS),
  value: z.int(),
  /** It stood among the settings that ALTER SYSTEM writes; otherwise taking it out of there brings it back. */
  isAltered: z.boolean(),
});
export type PaceWas = z.infer<typeof paceWasSchema>;

/** What the change of the pace keeps, so that any process can put it back: for which job, and how it was. */
export const paceKeptSchema = z.object({ jobId: z.number().nullable(), was: z.array(paceWasSchema) });

/** The wanted values by setting; only what the version has. */
export function wantedPace({ executors, executorsPerNode }: Omit<PaceInput, "clusterId">): [PaceSetting, number][] {
  const perNode: [PaceSetting, number][] = executorsPerNode === null ? [] : [[PACE_SETTINGS[1], executorsPerNode]];
  return [[PACE_SETTINGS[0], executors], ...perNode];
}

/** Only of a run that goes on, on a Citus that has the settings. */
export function mayPace({ jobs, executors }: Pick<Jobs, "jobs" | "executors">): Verdict {
  if (executors === null) return refused("This version of Citus has no setting for it.");
  return jobs.some(isJobOpen) ? ALLOWED : refused("No rebalance is under way.");
}
