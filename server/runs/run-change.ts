import "server-only";
import type { Run } from "@/lib/domain/change";
import { isAppError } from "@/lib/errors";
import type { Prepared } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { isWithoutAnswer } from "@/server/pg/errors";
import { toProblem } from "@/server/problem";
import { announceRuns, readAgain } from "./announce";
import { type Ask, beginRun } from "./begin";
import { detachRun } from "./detach";
import { effectOf, endRun } from "./end";
import { execute } from "./execute";
import { followUntil } from "./followed";
import { pursue } from "./pursue";
import type { RunRecord } from "./record";

/** What sends the statements of a run: the cluster's own connection, or a model of it. */
export type Send = typeof execute;

export type Started =
  | { kind: "started"; run: Run; ended: Promise<void> }
  | { kind: "known"; run: Run }
  | { kind: "moved" };

/**
 * Starts a prepared change and returns at once; `ended` resolves when its outcome is on record, whatever it is.
 * The intent is on record before the first statement; everything after is followed in the topic `runs`.
 *
 * @throws AppError `conflict`, `record_failed`: nothing was sent
 */
export async function startRun(
  ask: Ask,
  prepared: Prepared,
  endedBefore: number,
  send: Send = execute,
): Promise<Started> {
  const begun = await beginRun(ask, prepared, endedBefore);
  if (begun.kind !== "begun") return begun;
  const { record } = begun;
  const ended = followUntil(record, follow(ask, prepared, record, send));
  return { kind: "started", run: record.run, ended };
}

/**
 * Sees a run to its end: the statements, then reads again what they may have touched, looks for the effect, and writes the
 * outcome. Never rejects, and what comes after the statements decides nothing about how they ended.
 */
async function follow({ target, change }: Ask, prepared: Prepared, record: RunRecord, send: Send): Promise<void> {
  const failure = await send(target, change, prepared, record).then(
    () => null,
    (cause: unknown) => ({ cause }),
  );
  if (record.isClosed()) return; // detached: the process is about to end, and the next one finds out
  if (failure && wasNotAnswered(failure.cause, record.run)) return goOnWithoutConnection(target, record, failure.cause);
  await readAgain(target, prepared.refresh);
  const { effect } = await effectOf(target, change, record, true);
  if (record.isClosed()) return;
  const problem = failure && toProblem(failure.cause, record.run.id);
  await endRun(target, record, { state: failure ? "failed" : "succeeded", effect, problem, reconciled: null });
}

/** A statement that was sent and never answered may have taken effect, and may still run. */
function wasNotAnswered(cause: unknown, run: Run): boolean {
  const wasSent = run.steps.some((step) => step.state === "failed");
  return wasSent && isAppError(cause) && isWithoutAnswer(cause);
}

async function goOnWithoutConnection(target: Target, record: RunRecord, cause: unknown): Promise<void> {
  for (const step of record.run.steps) {
    if (step.state !== "failed") continue;
    step.state = "running";
    step.finishedAt = null;
  }
  record.run.problem = toProblem(cause, record.run.id);
  await detachRun(record, "The connection to its statement was lost.");
  await announceRuns(target);
  await pursue(target, record);
}
