import "server-only";
import { findCluster } from "@/server/clusters";
import { log } from "@/server/log";
import { instanceId, livingInstances } from "@/server/store/instance";
import { openRuns, type StoredRun, takeOverRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { announceRuns } from "./announce";
import { detachRun } from "./detach";
import { followUntil } from "./followed";
import { pursue } from "./pursue";
import { recordOf } from "./record";

const PACE_MS = 5_000;

/**
 * Takes over every open run whose process no longer lives, and finds out how each ended. Resolves when all that were found are
 * under way; `ended` when their ends are written. Nothing that a living process follows is touched.
 */
export async function reconcileRuns(): Promise<{ taken: number; ended: Promise<void> }> {
  const database = await state();
  const living = await livingInstances(database);
  const orphans = (await openRuns(database)).filter((stored) => !living.has(stored.instance));
  const followed: Promise<void>[] = [];
  for (const stored of orphans) {
    const target = findCluster(stored.clusterId);
    // A cluster that is not configured now cannot be asked; the run stays open until it is.
    if (!target || !(await takeOverRun(database, stored.run.id, stored.instance, instanceId()))) continue;
    followed.push(takeUp(target, stored));
  }
  return { taken: followed.length, ended: Promise.all(followed).then(() => undefined) };
}

function takeUp(target: NonNullable<ReturnType<typeof findCluster>>, stored: StoredRun): Promise<void> {
  const record = recordOf({ ...stored, instance: instanceId() });
  const work = async () => {
    if (stored.run.state === "running") await detachRun(record, "The console process that followed it is gone.");
    await announceRuns(target);
    await pursue(target, record);
  };
  return followUntil(
    record,
    work().catch((cause: unknown) => log.error("a run could not be reconciled", { cause, runId: stored.run.id })),
  );
}

/** At the start of the process, and from then on for runs of replicas that died. Returns how to stop it. */
export async function beginReconciling(): Promise<() => void> {
  const look = () =>
    reconcileRuns().catch((cause: unknown) => log.error("open runs could not be looked through", { cause }));
  await look();
  const timer = setInterval(look, PACE_MS);
  timer.unref();
  return () => clearInterval(timer);
}
