import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { appendInside } from "@/server/audit/append";
import { log } from "@/server/log";
import { saveRun, takeOverRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import type { RunRecord } from "./record";

const RETRY_MS = 1_000;

/** Says of a run that nobody holds the connection to its statement any more; its end is found out from the cluster. */
export async function detachRun(record: RunRecord, because: string): Promise<void> {
  for (;;) {
    try {
      return await writeDetached(record, because, record.instance);
    } catch (cause) {
      log.error("that a run is detached could not be written; it is tried again", { cause, runId: record.run.id });
      await sleep(RETRY_MS, undefined, { ref: false });
    }
  }
}

/** `to`: the process that follows the run from now on; "": none, until one takes it over. */
export async function writeDetached({ run, instance, clusterId, recall }: RunRecord, because: string, to: string) {
  await (await state()).transaction(async (inside) => {
    const was = run.state;
    if (was === "running" || was === "detached") run.state = "detached";
    if (!(await saveRun(inside, run, instance))) return;
    if (to !== instance) await takeOverRun(inside, run.id, instance, to);
    await appendInside(inside, {
      kind: "detached",
      clusterId,
      actor: recall.starter,
      runId: run.id,
      details: { change: run.change, subject: run.subject, because },
    });
  });
}
