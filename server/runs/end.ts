import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "@/lib/domain/change";
import { isAppError, type Problem } from "@/lib/errors";
import { type AuditEvent, appendInside } from "@/server/audit/append";
import type { AnyChange, Effect, Ran } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { toProblem } from "@/server/problem";
import { releaseClaims } from "@/server/store/claims";
import { saveRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { count } from "@/server/telemetry/counters";
import { announceRuns } from "./announce";
import type { RunRecord } from "./record";
import { settleJobClaims } from "./rivals";

export type End = {
  state: "succeeded" | "failed" | "unknown";
  effect: Effect;
  problem: Problem | null;
  /** How the end was found out, where the process that sent the statement did not see it. */
  reconciled: string | null;
};

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 15_000;

/**
 * Writes how a run ended: the run, what it claimed, and the audit, all or nothing. The deed is done by now, so a state that cannot
 * be written is tried again for as long as this process lives; after that the run is open, and is reconciled.
 */
export async function endRun(target: Target, record: RunRecord, end: End): Promise<void> {
  await record.close();
  const { run } = record;
  run.state = end.state;
  run.finishedAt = Date.now();
  run.problem = end.problem;
  run.effect = { seen: end.effect.seen, sentence: end.effect.sentence };
  if (end.reconciled !== null) run.reconciled = { at: Date.now(), sentence: end.reconciled };
  for (let wait = FIRST_RETRY_MS; ; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
    try {
      await writeEnd(record);
      break;
    } catch (cause) {
      log.error("how a run ended could not be written; it is tried again", { cause, runId: run.id });
      await sleep(wait, undefined, { ref: false });
    }
  }
  count("actions", [run.change, end.state]);
  if (run.jobId !== null)
    await settleJobClaims(target).catch((cause: unknown) => log.warn("claims are kept", { cause, runId: run.id }));
  await announceRuns(target);
}

async function writeEnd({ run, instance, clusterId, recall }: RunRecord): Promise<void> {
  await (await state()).transaction(async (inside) => {
    if (!(await saveRun(inside, run, instance))) {
      log.warn("another console process follows the run by now, and finds out itself how it ended", { runId: run.id });
      return;
    }
    // A background job that goes on keeps what the run claimed.
    if (run.jobId === null) await releaseClaims(inside, run.id);
    const kind = run.reconciled === null ? "outcome" : "reconciled";
    const actor = kind === "outcome" ? recall.starter : null;
    await appendInside(inside, { kind, clusterId, actor, runId: run.id, details: outcomeOf(run) });
  });
}

function outcomeOf(run: Run): NonNullable<AuditEvent["details"]> {
  const { change, subject, state: ended, jobId, effect, problem, reconciled, startedAt, finishedAt } = run;
  return {
    change,
    subject,
    state: ended,
    jobId,
    effect,
    problem: problem && { code: problem.code, detail: problem.detail, sqlState: problem.sqlState ?? null },
    steps: run.steps.map((step) => ({ title: step.title, state: step.state, messages: step.messages })),
    tookMs: finishedAt === null ? null : finishedAt - startedAt,
    ...(reconciled && { foundOut: reconciled.sentence }),
  };
}

/** Looks whether the effect is there. A look that fails is no proof of anything. */
export async function effectOf(
  target: Target,
  change: AnyChange,
  { run, recall }: Pick<RunRecord, "run" | "recall">,
  isAnswered: boolean,
): Promise<{ effect: Effect; failure: unknown }> {
  const ran: Ran = { jobId: run.jobId, messages: run.steps.flatMap((step) => step.messages), isAnswered };
  try {
    const effect = await change.effect(target, { input: run.input, before: recall.before }, ran);
    return { effect, failure: null };
  } catch (failure) {
    const why = isAppError(failure) ? failure.message : toProblem(failure, run.id).detail;
    const sentence = `Whether it took effect is not known: ${why}`;
    return { effect: { seen: false, sentence, isUnsure: true }, failure };
  }
}
