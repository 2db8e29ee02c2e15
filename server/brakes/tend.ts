import "server-only";
import { stopReason } from "@/lib/domain/brakes";
import { isJobOpen, type Jobs } from "@/lib/domain/job";
import type { TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { jobsMemory } from "@/server/jobs/memory";
import type { Reader } from "@/server/live/reader";
import { log } from "@/server/log";
import { rebalanceStop } from "@/server/rebalance/stop";
import { runOnBehalf } from "@/server/runs/on-behalf";
import { readBrakes, writeBrakes } from "@/server/store/brakes";
import { state } from "@/server/store/state";
import { readingsFor } from "./readings";

/** A value that is over its limit in one look only is no reason to stop hours of work. */
const LOOKS = 2;
const LOOK_EVERY_MS = 2_000;
/** A stop that was refused is asked for again after this. */
const AGAIN_MS = 60_000;

type Tended = { isTending: boolean; lookedAt: number; over: number; againAt: number };
const holder = globalThis as typeof globalThis & { __shardboardBrakes?: Map<string, Tended> };

function tendedOf({ clusterId }: Target): Tended {
  holder.__shardboardBrakes ??= new Map();
  const known = holder.__shardboardBrakes.get(clusterId);
  if (known) return known;
  const fresh = { isTending: false, lookedAt: Number.NEGATIVE_INFINITY, over: 0, againAt: Number.NEGATIVE_INFINITY };
  holder.__shardboardBrakes.set(clusterId, fresh);
  return fresh;
}

/** After each read of the jobs, on the console that reads the cluster: looks at the brakes while a run goes on, and stops it. */
export function tendBrakes(target: Target, jobs: Jobs, reader: (topic: TopicName) => Reader): void {
  const tended = tendedOf(target);
  const now = performance.now();
  if (tended.isTending || now - tended.lookedAt < LOOK_EVERY_MS) return;
  tended.lookedAt = now;
  tended.isTending = true;
  tend(target, tended, jobs, reader)
    .catch((cause: unknown) => log.error("the brakes could not be looked at", { cause, clusterId: target.clusterId }))
    .finally(() => {
      tended.isTending = false;
    });
}

async function tend(
  target: Target,
  tended: Tended,
  { jobs }: Jobs,
  reader: (topic: TopicName) => Reader,
): Promise<void> {
  const { clusterId } = target;
  const memory = jobsMemory(target);
  const database = await state();
  const brakes = await readBrakes(database, clusterId);
  const job = jobs.find((candidate) => isJobOpen(candidate));
  const readings = brakes && job ? readingsFor(brakes.limits, reader) : {};
  memory.brakes = brakes && { ...brakes, setBy: brakes.starter.name, readings };
  const reason = brakes && job && job.state !== "cancelling" ? stopReason(brakes, readings, Date.now()) : null;
  tended.over = reason === null ? 0 : tended.over + 1;
  if (!brakes || !job || reason === null || tended.over < LOOKS || performance.now() < tended.againAt) return;
  const asked = { starter: brakes.starter, reason: `A brake stopped it. ${reason}` };
  const came = await runOnBehalf(rebalanceStop, target, { clusterId }, asked);
  const failure =
    "refused" in came ? came.refused : came.run.state === "succeeded" ? null : `The stop ${came.run.state}.`;
  if (failure !== null) tended.againAt = performance.now() + AGAIN_MS;
  log.warn(failure === null ? "a brake stopped a run" : "a brake could not stop a run", {
    clusterId,
    jobId: job.jobId,
    reason,
    failure,
  });
  const tripped = { jobId: job.jobId, at: Date.now(), reason, failure };
  await writeBrakes(database, clusterId, { ...brakes, tripped });
}
