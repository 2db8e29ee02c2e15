import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { isJobOpen, type Job } from "@/lib/domain/job";
import { isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";

const PACE_MS = 1_000;
/** A coordinator that restarts comes back within this; one that is away longer leaves the outcome unknown. */
const PATIENCE_MS = 10 * 60_000;

/**
 * The job as it is when it is over, however long that takes. Reads two small catalogs each second; a coordinator that is away
 * for a while is waited for. null: the cluster has no such job.
 *
 * @throws AppError the last failure, when the coordinator stays away
 */
export async function endOfJob(target: Target, jobId: number): Promise<Job | null> {
  let answeredAt = performance.now();
  for (;;) {
    try {
      const job = (await listJobs(target)).find((candidate) => candidate.jobId === jobId);
      answeredAt = performance.now();
      if (!job || !isJobOpen(job)) return job ?? null;
    } catch (cause) {
      if (!isAppError(cause) || performance.now() - answeredAt > PATIENCE_MS) throw cause;
    }
    // Unreferenced: a process that is told to stop does not wait for a drain; the record then stays open.
    await sleep(PACE_MS, undefined, { ref: false });
  }
}
