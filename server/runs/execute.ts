import "server-only";
import type { Run } from "@/lib/domain/change";
import type { Prepared, PreparedStep } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { refreshTopics } from "@/server/live/collector";
import { log } from "@/server/log";
import { fromPgError, withoutTimeout } from "@/server/pg/errors";
import { longClient } from "@/server/pg/pools";
import type { ServerMessage } from "@/server/pg/run";

/** Sends the steps one after another over one connection of their own. A failed statement ends the run. @throws AppError */
export async function execute(target: Target, prepared: Prepared, run: Run): Promise<void> {
  const client = longClient(target, { login: "ops", actionId: run.id });
  const noteLoss = (cause: unknown) => log.warn("the connection of a run was lost", { cause, runId: run.id });
  client.on("error", noteLoss);
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
    // Not waited for: a coordinator that froze after its last answer would hold the outcome back.
    client.end().catch(noteLoss);
  }
}

async function executeStep(
  target: Target,
  client: ReturnType<typeof longClient>,
  step: PreparedStep,
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
    throw withoutTimeout(cause);
  } finally {
    shown.finishedAt = Date.now();
  }
}

function wordsOf({ text, detail, hint }: ServerMessage): string {
  return [text, detail, hint]
    .flatMap((words) => (words ? [/[.!?;]$/.test(words) ? words : `${words}.`] : []))
    .join(" ");
}
