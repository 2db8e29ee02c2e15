"use server";
import { z } from "zod";
import { setBrakesInput } from "@/lib/domain/brakes";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { redactPlannerFacts, redactPlans, redactTask } from "@/lib/domain/redact";
import { setBrakes } from "@/server/brakes/set";
import { listTasks } from "@/server/jobs/reads";
import { rebalancePace } from "@/server/pace/change";
import { readPlannerFacts } from "@/server/rebalance/planner-facts";
import { askPlans } from "@/server/rebalance/plans";
import { rebalanceStart, rebalanceStartPreview } from "@/server/rebalance/start";
import { rebalanceStop } from "@/server/rebalance/stop";
import { askAction, changeAction, deedAction, previewAction } from "./wrap";

export const askRebalancePlans = askAction({
  input: z.object({
    clusterId: clusterIdSchema,
    drainOnly: z.boolean(),
    whatIf: z.number().min(0).max(1).optional(),
    follow: z.string().optional(),
  }),
  run: (target, input) => askPlans(target, input),
  redact: redactPlans,
});

/** What the planner of the screen has to know of the strategies. */
export const askPlannerFacts = askAction({
  input: z.object({ clusterId: clusterIdSchema }),
  run: (target) => readPlannerFacts(target),
  redact: redactPlannerFacts,
});

export const askJobTasks = askAction({
  input: z.object({ clusterId: clusterIdSchema, jobId: z.int().positive() }),
  run: (target, { jobId }) => listTasks(target, jobId),
  redact: (tasks) => tasks.map(redactTask),
});

export const previewRebalanceStart = previewAction(rebalanceStartPreview);
export const startRebalance = changeAction(rebalanceStart);

export const previewRebalanceStop = previewAction(rebalanceStop);
export const stopRebalance = changeAction(rebalanceStop);

export const previewRebalancePace = previewAction(rebalancePace);
export const changeRebalancePace = changeAction(rebalancePace);

/** Who sets what stops runs has to be allowed to stop them. */
export const setRebalanceBrakes = deedAction({ permission: "rebalance:stop", input: setBrakesInput, run: setBrakes });
