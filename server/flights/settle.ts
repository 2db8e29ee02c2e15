import "server-only";
import { flightStep, memoOf } from "@/lib/domain/flight-step";
import { isJobOpen, type Job } from "@/lib/domain/job";
import type { Target } from "@/server/clusters";
import { listTasks } from "@/server/jobs/reads";
import { addToFlight, type OpenFlight, openFlights, readFlight } from "@/server/store/flights";
import { state } from "@/server/store/state";

/**
 * Ends the records of runs that ended while nobody looked and that are the newest no longer: as the cluster has them now, or as lost
 * where it has them no more.
 */
export async function settleFlights(target: Target, jobs: readonly Job[]): Promise<void> {
  for (const open of await openFlights(await state(), target.clusterId)) {
    const job = jobs.find((candidate) => isOf(open, candidate));
    if (job && (isJobOpen(job) || job === jobs[0])) continue;
    await settle(target, open, job);
  }
}

function isOf({ jobId, startedAt }: OpenFlight, job: Job): boolean {
  return jobId === job.jobId && (startedAt === null || startedAt === job.startedAt);
}

async function settle(target: Target, { id }: OpenFlight, job: Job | undefined): Promise<void> {
  const database = await state();
  const flight = await readFlight(database, id);
  if (!flight) return;
  const { tasks: _, samples: __, watched, ...head } = flight;
  if (!job)
    return addToFlight(database, id, { head: { ...head, isLost: true }, tasks: [], samples: [], watched: null });
  const { executors, executorsPerNode } = head;
  const rest = { progress: [], progressProblem: null, executors, executorsPerNode, queueIntervalMs: null };
  const seen = {
    ...rest,
    tasks: await listTasks(target, job.jobId),
    clock: null,
    monitorAlive: null,
    record: null,
    brakes: null,
  };
  // What is told now was so at its end.
  const at = job.finishedAt ?? watched.at(-1)?.[1] ?? 0;
  const step = flightStep(memoOf(flight), job, seen, at);
  await database.transaction((inside) => addToFlight(inside, id, step));
}
