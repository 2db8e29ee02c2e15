import "server-only";
import { randomUUID } from "node:crypto";
import type { Run } from "@/lib/domain/change";
import type { TopicName } from "@/lib/domain/live";
import { isAppError } from "@/lib/errors";
import { openRecord, type RecordEntry } from "@/server/audit/trail";
import type { Actor } from "@/server/auth/actor";
import type { Effect, Prepared } from "@/server/changes/define";
import { planOf } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { refreshTopics } from "@/server/live/collector";
import { log } from "@/server/log";
import { isWithoutAnswer } from "@/server/pg/errors";
import { toProblem } from "@/server/problem";
import { addRun } from "./book";
import { execute } from "./execute";

type Started = { run: Run; ended: Promise<void> };

/**
 * Starts a prepared change and returns at once; `ended` resolves when its outcome is on record, whatever it is.
 * The intent is on record before the first statement; everything after is followed in the topic `runs`.
 *
 * @throws AppError `record_failed`: nothing was sent
 */
export async function startRun(
  target: Target,
  actor: Actor,
  change: string,
  prepared: Prepared,
  input: unknown,
): Promise<Started> {
  const { steps, login } = planOf(target, change, prepared);
  const run: Run = {
    id: randomUUID(),
    change,
    subject: prepared.subject,
    actor: actor.name,
    state: "running",
    startedAt: Date.now(),
    finishedAt: null,
    steps: steps.map(({ title, sql }) => ({
      title,
      sql,
      state: "waiting",
      startedAt: null,
      finishedAt: null,
      messages: [],
    })),
    problem: null,
    jobId: null,
    effect: null,
  };
  const entry = await openRecord({
    id: run.id,
    change,
    actor: actor.name,
    clusterId: target.clusterId,
    subject: run.subject,
    input,
    sql: steps.flatMap((step) => step.sql),
    login,
  });
  addRun(target.clusterId, run);
  return { run, ended: follow(target, prepared, run, entry) };
}

/**
 * Sees a run to its end: the statements, then reads again what they may have touched, looks for the effect, and closes the
 * record. Never rejects, and what comes after the statements decides nothing about how they ended.
 */
async function follow(target: Target, prepared: Prepared, run: Run, entry: RecordEntry): Promise<void> {
  const failure = await execute(target, prepared, run).then(
    () => null,
    (cause: unknown) => ({ state: stateAfter(cause, run), cause }),
  );
  if (failure) run.problem = toProblem(failure.cause, run.id);
  await readAgain(target, prepared.refresh);
  run.effect = await effectOf(prepared, run);
  run.state = failure?.state ?? "succeeded";
  run.finishedAt = Date.now();
  await entry.close(failure ?? { state: "succeeded", jobId: run.jobId, effect: run.effect.sentence });
  await readAgain(target, ["runs"]);
}

/** A statement that was sent and never answered may have taken effect: that is not a failure but not known. */
function stateAfter(cause: unknown, run: Run): "failed" | "unknown" {
  const wasSent = run.steps.some((step) => step.state === "failed");
  return wasSent && isAppError(cause) && isWithoutAnswer(cause) ? "unknown" : "failed";
}

async function readAgain(target: Target, topics: readonly TopicName[]): Promise<void> {
  await refreshTopics(target, topics).catch((cause: unknown) =>
    log.error("topics could not be read again", { cause, topics }),
  );
}

/** A check that cannot be made is no proof of anything: the effect is then said to be unknown. */
async function effectOf(prepared: Prepared, run: Run): Promise<Effect> {
  try {
    return await prepared.verify({ jobId: run.jobId, messages: run.steps.flatMap((step) => step.messages) });
  } catch (cause) {
    return { seen: false, sentence: `Whether it took effect is not known: ${toProblem(cause, run.id).detail}` };
  }
}
