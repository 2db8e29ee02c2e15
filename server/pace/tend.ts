import "server-only";
import { isJobOpen, type Job } from "@/lib/domain/job";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { runOnBehalf } from "@/server/runs/on-behalf";
import { state } from "@/server/store/state";
import { pendingPaces } from "./pending";
import { rebalancePaceBack } from "./put-back";

/** Where it could not be put back it is tried again, not so often that the list of operations fills with it. */
const AGAIN_MS = 5 * 60_000;

type Tended = { key: string; isTending: boolean; againAt: number };
const holder = globalThis as typeof globalThis & { __shardboardPace?: Map<string, Tended> };

function tendedOf({ clusterId }: Target): Tended {
  holder.__shardboardPace ??= new Map();
  const known = holder.__shardboardPace.get(clusterId);
  if (known) return known;
  const fresh = { key: "", isTending: false, againAt: 0 };
  holder.__shardboardPace.set(clusterId, fresh);
  return fresh;
}

/**
 * After each read of the jobs, on the console that reads the cluster: what was changed for a run that is over is put back. What that
 * is stands in the operations on record, so it does not matter which process changed it, or whether that one still lives.
 */
export function tendPace(target: Target, jobs: readonly Job[]): void {
  const tended = tendedOf(target);
  const key = jobs.length === 0 ? "none" : `${jobs[0]?.jobId} ${jobs[0]?.state}`;
  const isDue = key !== tended.key || (tended.againAt > 0 && performance.now() > tended.againAt);
  if (!isDue || tended.isTending) return;
  tended.isTending = true;
  putBack(target, jobs)
    .then((isDone) => {
      tended.key = key;
      tended.againAt = isDone ? 0 : performance.now() + AGAIN_MS;
    })
    .catch((cause: unknown) => {
      tended.key = key;
      tended.againAt = performance.now() + AGAIN_MS;
      log.error("the pace of a run could not be put back", { cause, clusterId: target.clusterId });
    })
    .finally(() => {
      tended.isTending = false;
    });
}

async function putBack(target: Target, jobs: readonly Job[]): Promise<boolean> {
  const open = new Set(jobs.filter(isJobOpen).map((job) => job.jobId));
  const pending = (await pendingPaces(await state(), target.clusterId)).filter(({ jobId }) => !open.has(jobId));
  let isDone = true;
  for (const { jobId, starter } of pending) {
    const reason = `Job ${jobId} is over: what was changed for it is put back.`;
    const input = { clusterId: target.clusterId, jobId };
    const came = await runOnBehalf(rebalancePaceBack, target, input, { starter, reason, restores: true });
    const failure = "refused" in came ? came.refused : came.run.state === "succeeded" ? null : `it ${came.run.state}`;
    if (failure !== null)
      log.warn("the pace of a run was not put back", { clusterId: target.clusterId, jobId, failure });
    isDone &&= failure === null;
  }
  return isDone;
}
