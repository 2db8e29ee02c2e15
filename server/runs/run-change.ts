import "server-only";
import { randomUUID } from "node:crypto";
import type { Run } from "@/lib/domain/change";
import { openRecord } from "@/server/audit/trail";
import type { Actor } from "@/server/auth";
import type { Effect, Prepared } from "@/server/changes/define";
import { planOf } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { refreshTopics } from "@/server/live/collector";
import { log } from "@/server/log";
import { fromPgError } from "@/server/pg/errors";
import { longClient } from "@/server/pg/pools";
import type { ServerMessage } from "@/server/pg/run";
import { toProblem } from "@/server/problem";
import { addRun } from "./book";

type Started = { run: Run; ended: Promise<void> };

/**
 * Starts a prepared change and returns at once; `ended` settles when its outcome is on record.
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
  const ended = execute(target, prepared, run)
    .then(() =>
      finish(
        target,
        run,
        "succeeded",
        () => entry.close({ state: "succeeded", jobId: run.jobId, effect: run.effect?.sentence ?? null }),
        prepared,
      ),
    )
    .catch((cause: unknown) => fail(target, run, cause, () => entry.close({ state: "failed", cause }), prepared));
  return { run, ended };
}

/** Sends the steps one after another over one connection of their own. A failed statement ends the run. */
async function execute(target: Target, prepared: Prepared, run: Run): Promise<void> {
  const client = longClient(target);
  client.on("error", (cause) => log.warn("the connection of a run was lost", { cause, runId: run.id }));
  await client.connect().catch((cause: unknown) => {
    throw fromPgError(cause, run.change);
  });
  try {
    for (const [index, step] of prepared.steps.entries()) {
      const shown = run.steps[index];
      if (!shown) continue;
      await executeStep(target, client, step, shown, run);
    }
  } finally {
    await client
      .end()
      .catch((cause: unknown) => log.warn("could not close the connection of a run", { cause, runId: run.id }));
  }
}

async function executeStep(
  target: Target,
  client: Parameters<Prepared["steps"][number]["calls"][number]["execute"]>[0],
  step: Prepared["steps"][number],
  shown: Run["steps"][number],
  run: Run,
): Promise<void> {
  shown.state = "running";
  shown.startedAt = Date.now();
  await refreshTopics(target, ["runs"]);
  const onMessage = (message: ServerMessage) => shown.messages.push(wordsOf(message));
  try {
    for (const one of step.calls) {
      const result = await one.execute(client, { onMessage });
      if (result.jobId !== undefined) run.jobId = result.jobId;
      if (result.message) shown.messages.push(result.message);
    }
    shown.state = "done";
  } catch (cause) {
    shown.state = "failed";
    throw cause;
  } finally {
    shown.finishedAt = Date.now();
  }
}

function wordsOf({ text, detail, hint }: ServerMessage): string {
  return [text, detail, hint].flatMap((words) => (words ? [/[.!?]$/.test(words) ? words : `${words}.`] : [])).join(" ");
}

async function fail(
  target: Target,
  run: Run,
  cause: unknown,
  close: () => Promise<void>,
  prepared: Prepared,
): Promise<void> {
  run.problem = toProblem(cause, run.id);
  await finish(target, run, "failed", close, prepared);
}

/** Reads again what the change may have touched, looks for its effect, and closes the record. */
async function finish(
  target: Target,
  run: Run,
  state: "succeeded" | "failed",
  close: () => Promise<void>,
  prepared: Prepared,
): Promise<void> {
  await refreshTopics(target, prepared.refresh);
  run.effect = await effectOf(prepared, run);
  run.state = state;
  run.finishedAt = Date.now();
  await close();
  await refreshTopics(target, ["runs"]);
}

/** A check that cannot be made is no proof of anything: the effect is then said to be unknown. */
async function effectOf(prepared: Prepared, run: Run): Promise<Effect> {
  try {
    return await prepared.verify({ jobId: run.jobId, messages: run.steps.flatMap((step) => step.messages) });
  } catch (cause) {
    return { seen: false, sentence: `Whether it took effect is not known: ${toProblem(cause, run.id).detail}` };
  }
}
