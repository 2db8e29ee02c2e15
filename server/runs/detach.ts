import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { appendInside } from "@/server/audit/append";
import { log } from "@/server/log";
import { saveRun, takeOverRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { followedRuns } from "./followed";
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

/**
 * At the end of the process: every run that it follows is left to the next one. The statement that runs is not cancelled by us;
 * the server notices within seconds that its client is gone, and what came of it is read from the cluster.
 */
export async function detachRuns(): Promise<void> {
  const followed = [...followedRuns().values()];
  await Promise.all(
    followed.map(async ({ record }) => {
      await record.close();
      await writeDetached(record, "The console was told to stop while it ran.", "").catch((cause: unknown) =>
        log.error("a run could not be detached; the next start finds it by its process", {
          cause,
          runId: record.run.id,
        }),
      );
    }),
  );
}

async function writeDetached({ run, instance, clusterId, recall }: RunRecord, because: string, to: string) {
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
