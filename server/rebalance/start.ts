import "server-only";
import { minutesInWindow, windowSentence } from "@/lib/domain/brakes";
import type { Note } from "@/lib/domain/change";
import type { NodeId } from "@/lib/domain/node";
import { type RebalancePlan, type RebalanceStartInput, rebalanceStartInput } from "@/lib/domain/rebalance";
import { rebalanceNotes } from "@/lib/domain/rebalance-preflight";
import { formatBytes } from "@/lib/format/bytes";
import { countOf } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import {
  type CallResult,
  type Change,
  call,
  change,
  type Effect,
  NOTHING_BEFORE,
  type Prepared,
  type Ran,
} from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { readPicture } from "@/server/jobs/measure";
import { listJobs } from "@/server/jobs/reads";
import * as statements from "@/server/sql/rebalance";
import { readBrakes } from "@/server/store/brakes";
import { state } from "@/server/store/state";
import { readCheck } from "./check";
import { makePlan } from "./plan";
import { recentPlan, rememberPlan } from "./plans";

/** A preview may rest on the plan that is on screen; a start always plans anew. */
const PREVIEW_MAX_AGE_MS = 10 * 60_000;
/** Planning that takes longer than this is worth a word, because starting plans once more. */
const LONG_PLAN_MS = 20_000;

/** Schedules the moves that Citus plans now. */
export const rebalanceStart = change({
  name: "rebalance.start",
  permission: "rebalance:start",
  input: rebalanceStartInput,
  doing: (subject) => `rebalancing (${subject})`,
  before: NOTHING_BEFORE,
  prepare: async (target, input) => {
    const plan = await makePlan(target, input, () => readPicture(target));
    rememberPlan(target, plan);
    return prepare(target, input, plan);
  },
  effect: (target, _kept, ran) => effect(target, ran),
});

/** The same for looking: takes the plan that was just made for the screen, if there is one. */
export const rebalanceStartPreview: Change<RebalanceStartInput> = {
  ...rebalanceStart,
  prepare: async (target, input) =>
    prepare(
      target,
      input,
      recentPlan(target, input, PREVIEW_MAX_AGE_MS) ?? (await makePlan(target, input, () => readPicture(target))),
    ),
};

async function prepare(target: Target, input: RebalanceStartInput, plan: RebalancePlan): Promise<Prepared<null>> {
  const check = await readCheck(target, input, plan);
  const nameOf = (nodeId: NodeId) => check.names.get(nodeId) ?? `node ${nodeId}`;
  const statement = check.hasParallelFlags ? statements.startParallel : statements.start;
  return {
    subject: input.drainOnly ? `drain by ${input.strategy}` : input.strategy,
    steps: [
      {
        title: `Schedule ${countOf(plan.moves.length, "move")}${sizeWords(plan)}`,
        takes: `about ${formatDuration(Math.max(1, plan.tookMs / 1000))}; the moves follow in the background`,
        calls: [call(statement, input, resultOf)],
      },
    ],
    notes: [...(await windowNote(target)), ...rebalanceNotes(check), ...slowNote(plan)],
    dependsOn: plan.moves.map(
      (move) => `shard ${Math.min(...move.shardIds)}: ${nameOf(move.sourceNodeId)} → ${nameOf(move.targetNodeId)}`,
    ),
    claims: [{ object: "shards", mode: "exclusive" }],
    before: null,
    newestJob: check.jobs[0]?.jobId ?? 0,
    refresh: ["jobs"],
  };
}

function sizeWords(plan: RebalancePlan): string {
  return plan.bytes === null ? "" : `, ${formatBytes(plan.bytes)}`;
}

/** Outside the maintenance window no run begins. */
async function windowNote({ clusterId }: Target): Promise<Note[]> {
  const window = (await readBrakes(await state(), clusterId))?.window ?? null;
  if (window === null) return [];
  const now = Date.now();
  const isInside = minutesInWindow(window, now) !== null;
  const detail = isInside
    ? "What has moved by then stays moved; the rest is planned anew."
    : "The window is set beside the brakes of this screen.";
  return [{ tone: isInside ? "info" : "bad", text: windowSentence(window, now), detail }];
}

function slowNote(plan: RebalancePlan): Note[] {
  if (plan.tookMs < LONG_PLAN_MS) return [];
  return [
    {
      tone: "info",
      text: `Planning took ${formatDuration(plan.tookMs / 1000)}.`,
      detail: "Start makes the plan again to see that it is still the same, so the button takes as long.",
    },
  ];
}

/** NULL is no error: Citus found nothing to do, and its NOTICE says why. */
function resultOf(rows: readonly { citus_rebalance_start: number | null }[]): CallResult {
  const jobId = rows[0]?.citus_rebalance_start ?? null;
  return jobId === null ? { message: "Already balanced: Citus started no job." } : { jobId };
}

async function effect(target: Target, { jobId, isAnswered }: Ran): Promise<Effect> {
  if (jobId === null && !isAnswered) return { seen: false, sentence: "No job began since: nothing was scheduled." };
  if (jobId === null) return { seen: true, sentence: "Already balanced: nothing had to move." };
  const job = (await listJobs(target)).find((candidate) => candidate.jobId === jobId);
  if (!job) return { seen: false, sentence: `Job ${jobId} is not among the cluster's background jobs.` };
  return {
    seen: true,
    sentence: `Job ${jobId} was ${job.state} with ${countOf(job.moves.total, "move")} when it was looked at.`,
  };
}
