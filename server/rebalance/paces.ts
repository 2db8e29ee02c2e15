import "server-only";
import type { Job } from "@/lib/domain/job";
import { type MovePace, paceOf, wayOf } from "@/lib/domain/move-pace";
import type { PlanSet } from "@/lib/domain/rebalance";
import type { Target } from "@/server/clusters";
import { knownTimings } from "@/server/flights/recall";
import { listJobs } from "@/server/jobs/reads";

/**
 * What a move costs on this cluster by transfer mode: from moves that were seen, else from the length of jobs that are over.
 * A mode that never ran here has no pace, and no estimate is made from another cluster's.
 */
export async function pacesByMode(target: Target, modes: readonly string[]): Promise<PlanSet["paces"]> {
  const timings = await knownTimings(target);
  const jobs = await listJobs(target);
  const paces = modes.flatMap((mode) => {
    const seen = timings.filter((timing) => wayOf(timing.mode) === wayOf(mode)).map((entry) => entry.timing);
    const pace = paceOf(seen) ?? fromJobs(jobs, mode);
    return pace ? [[mode, pace] as const] : [];
  });
  return Object.fromEntries(paces);
}

function fromJobs(jobs: readonly Job[], mode: string): MovePace | null {
  const over = jobs.filter((job) => job.state === "finished" && job.mode !== null && wayOf(job.mode) === wayOf(mode));
  const spans = over.flatMap((job) =>
    job.startedAt === null || job.finishedAt === null
      ? []
      : [{ moves: job.moves.done, ms: job.finishedAt - job.startedAt }],
  );
  const moves = spans.reduce((sum, span) => sum + span.moves, 0);
  if (moves === 0) return null;
  const seconds = spans.reduce((sum, span) => sum + span.ms, 0) / 1000;
  return { secondsPerMove: seconds / moves, secondsPerByte: 0, from: moves };
}
