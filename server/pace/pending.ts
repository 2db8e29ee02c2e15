import "server-only";
import type { ClusterId } from "@/lib/domain/cluster";
import { type PaceWas, paceBackInput, paceKeptSchema } from "@/lib/domain/pace";
import type { Database } from "@/server/store/database";
import { type Recall, runsOfChanges, type StoredRun } from "@/server/store/runs";

const LOOKED_AT = 200;

/** A pace that was changed for a job and has not been put back: how it was before the first change, and who changed it last. */
export type PendingPace = { jobId: number; was: PaceWas[]; starter: Recall["starter"] };

/** What was changed and not put back, from the operations on record: they were written before anything was sent. */
export async function pendingPaces(inside: Pick<Database, "all">, clusterId: ClusterId): Promise<PendingPace[]> {
  const runs = await runsOfChanges(inside, clusterId, ["rebalance.pace", "rebalance.paceBack"], LOOKED_AT);
  const pending = new Map<number, PendingPace>();
  for (const stored of runs) {
    if (stored.run.change === "rebalance.paceBack") {
      const input = paceBackInput.safeParse(stored.run.input);
      if (input.success && stored.run.state === "succeeded") pending.delete(input.data.jobId);
      continue;
    }
    const kept = paceKeptSchema.safeParse(stored.recall.before);
    if (!kept.success || kept.data.jobId === null || !wasSent(stored)) continue;
    const { jobId, was } = kept.data;
    pending.set(jobId, { jobId, was: pending.get(jobId)?.was ?? was, starter: stored.recall.starter });
  }
  return [...pending.values()];
}

const wasSent = ({ run }: StoredRun) => run.steps.some((step) => step.state !== "waiting");
