import "server-only";
import type { Run } from "@/lib/domain/change";
import type { AnyChange, Prepared, PreparedStep } from "@/server/changes/define";
import { loginOfRun } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { fromPgError, withoutTimeout } from "@/server/pg/errors";
import { longClient } from "@/server/pg/pools";
import type { ServerMessage } from "@/server/pg/run";
import { announceRuns } from "./announce";
import type { RunRecord } from "./record";

/**
 * Sends the steps one after another over one connection of their own. A failed statement ends the run. That a step is about to
 * be sent is on disk before it is sent: one that waits was never sent, whenever this process dies.
 *
 * @throws AppError
 */
export async function execute(
  target: Target,
  change: Pick<AnyChange, "permission">,
  prepared: Prepared,
  record: RunRecord,
): Promise<void> {
  const { run } = record;
  const client = longClient(target, { login: loginOfRun(change, prepared), actionId: run.id });
  const noteLoss = (cause: unknown) => log.warn("the connection of a run was lost", { cause, runId: run.id });
  client.on("error", noteLoss);
  await client.connect().catch((cause: unknown) => {
    throw fromPgError(cause, run.change);
  });
  try {
    for (const [index, step] of prepared.steps.entries()) {
      const shown = run.steps[index];
      if (!shown) continue;
      await executeStep(target, client, step, shown, record);
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
  record: RunRecord,
): Promise<void> {
  await markAsSending(shown, record);
  await announceRuns(target);
  const onMessage = (message: ServerMessage) => {
    shown.messages.push(wordsOf(message));
    record.saveSoon();
  };
  try {
    for (const one of step.calls) {
      const result = await one.execute(client, { onMessage });
      if (result.jobId !== undefined) record.run.jobId = result.jobId;
      if (result.message) shown.messages.push(result.message);
    }
    shown.state = "done";
  } catch (cause) {
    shown.state = "failed";
    throw withoutTimeout(cause);
  } finally {
    shown.finishedAt = Date.now();
  }
  // Where this fails nothing more is sent: the next step has to be marked first. The answer itself stands.
  await record
    .save()
    .catch((cause: unknown) => log.warn("a step's end was not saved", { cause, runId: record.run.id }));
}

/** A step that could not be marked on disk is not sent, and reads as never sent. */
async function markAsSending(shown: Run["steps"][number], record: RunRecord): Promise<void> {
  shown.state = "running";
  shown.startedAt = Date.now();
  try {
    await record.save();
  } catch (cause) {
    shown.state = "waiting";
    shown.startedAt = null;
    throw cause;
  }
}

function wordsOf({ text, detail, hint }: ServerMessage): string {
  return [text, detail, hint]
    .flatMap((words) => (words ? [/[.!?;]$/.test(words) ? words : `${words}.`] : []))
    .join(" ");
}
