import "server-only";
import type { Flight } from "@/lib/domain/flight";
import type { Job } from "@/lib/domain/job";
import type { ModeTiming } from "@/lib/domain/move-pace";
import type { Target } from "@/server/clusters";
import { jobsMemory } from "@/server/jobs/memory";
import { log } from "@/server/log";
import { findFlight, listTimings, readFlight } from "@/server/store/flights";
import { state } from "@/server/store/state";

const MOST_TIMINGS = 500;

/** What is on record of a job, and what moves took here. Where the state does not answer nothing is known, and the run is followed all the same. */
export async function recall(
  { clusterId }: Target,
  job: Job,
): Promise<{ flight: Flight | undefined; timings: ModeTiming[] }> {
  try {
    const database = await state();
    const id = await findFlight(database, clusterId, job);
    const flight = id === undefined ? undefined : await readFlight(database, id);
    return { flight, timings: (await listTimings(database, clusterId, MOST_TIMINGS)).toReversed() };
  } catch (cause) {
    log.warn("the record of a run could not be read", { cause, clusterId, jobId: job.jobId });
    return { flight: undefined, timings: [] };
  }
}

/** What moves took on this cluster, in this process and before it. */
export async function knownTimings(target: Target): Promise<ModeTiming[]> {
  const { timings } = jobsMemory(target);
  return timings ?? (await listTimings(await state(), target.clusterId, MOST_TIMINGS)).toReversed();
}
