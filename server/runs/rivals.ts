import "server-only";
import { type Claim, claimInTheWay, rivalSentence } from "@/lib/domain/claim";
import type { ClusterId } from "@/lib/domain/cluster";
import { isJobOpen } from "@/lib/domain/job";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";
import { claimsOfJobs, heldClaims, releaseClaims } from "@/server/store/claims";
import type { Database } from "@/server/store/database";
import { findRun } from "@/server/store/runs";
import { state } from "@/server/store/state";

/** A run that is not over, or whose background job is not, and that claims what is wanted. */
export type Rival = { runId: string; sentence: string };

/** Who is in the way of these claims now; null: nobody. */
export async function findRival(
  inside: Pick<Database, "all">,
  clusterId: ClusterId,
  claims: readonly Claim[],
  now = Date.now(),
): Promise<Rival | null> {
  const inTheWay = claimInTheWay(claims, await heldClaims(inside, clusterId));
  if (!inTheWay) return null;
  const found = await findRun(inside, inTheWay.runId);
  if (!found) throw new Error(`the run ${inTheWay.runId} has claims and is not there`);
  return { runId: inTheWay.runId, sentence: rivalSentence(found.run, now) };
}

/** Gives up the claims of runs whose background job has ended since. Asks the cluster only where there are such. */
export async function settleJobClaims(target: Target): Promise<void> {
  const database = await state();
  const waiting = await claimsOfJobs(database, target.clusterId);
  if (waiting.length === 0) return;
  const open = new Set((await listJobs(target)).filter(isJobOpen).map((job) => job.jobId));
  for (const { runId, jobId } of waiting) if (!open.has(jobId)) await releaseClaims(database, runId);
}
