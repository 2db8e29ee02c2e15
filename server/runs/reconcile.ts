import "server-only";
import type { ClusterId } from "@/lib/domain/cluster";
import { findCluster, type Target } from "@/server/clusters";
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
export async function reconcileRuns(
  find: (clusterId: ClusterId) => Target | undefined = findCluster,
): Promise<{ taken: number; ended: Promise<void> }> {
  const database = await state();
  const living = await livingInstances(database);
  const orphans = (await openRuns(database)).filter((stored) => !living.has(stored.instance));
  const followed: Promise<void>[] = [];
  for (const stored of orphans) {
    const target = find(stored.clusterId);
    // A cluster that is not configured now cannot be asked; the run stays open until it is.
    if (!target || !(await takeOverRun(database, stored.run.id, stored.instance, instanceId()))) continue;
    followed.push(takeUp(target, stored));
  }
  return { taken: followed.length, ended: Promise.all(followed).then(() => undefined) };
}

function takeUp(target: Target, stored: StoredRun): Promise<void> {
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

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardReconciling?: NodeJS.Timeout };

/** At the start of the process, and from then on for runs of replicas that died. */
export async function beginReconciling(): Promise<void> {
  const look = () =>
    reconcileRuns().catch((cause: unknown) => log.error("open runs could not be looked through", { cause }));
  stopReconciling();
  holder.__shardboardReconciling = setInterval(look, PACE_MS).unref();
  await look();
}

export function stopReconciling(): void {
  clearInterval(holder.__shardboardReconciling);
}
