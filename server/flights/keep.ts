import "server-only";
import type { Flight } from "@/lib/domain/flight";
import { type FlightMemo, type FlightStep, flightStep, memoOf, NO_MEMO, withStep } from "@/lib/domain/flight-step";
import { isJobOpen, type Job, type Jobs } from "@/lib/domain/job";
import type { Snapshot } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { addToFlight, createFlight, findFlight, readFlight } from "@/server/store/flights";
import { state } from "@/server/store/state";
import { settleFlights } from "./settle";

/** The run that is being kept. `id` null: it has no record yet. */
type Keeping = { jobId: number; startedAt: number | null; id: number | null; memo: FlightMemo };
type Keeper = { keeping: Keeping | null; isWriting: boolean; isFailing: boolean };

const holder = globalThis as typeof globalThis & { __shardboardFlights?: Map<string, Keeper> };

function keeperOf({ clusterId }: Target): Keeper {
  holder.__shardboardFlights ??= new Map();
  const known = holder.__shardboardFlights.get(clusterId);
  if (known) return known;
  const fresh = { keeping: null, isWriting: false, isFailing: false };
  holder.__shardboardFlights.set(clusterId, fresh);
  return fresh;
}

/**
 * Puts what a read of the jobs told on record; nobody waits for it. Among several consoles only the one that reads the cluster
 * gets here. What could not be written is written with the next look, because a step is what differs from what is on record.
 */
export function keepFlight(target: Target, { data, problem }: Snapshot<unknown>): void {
  const keeper = keeperOf(target);
  if (data === null || problem !== null || keeper.isWriting) return;
  keeper.isWriting = true;
  // The jobs topic's snapshot holds what the topic itself returned.
  keep(target, keeper, data as Jobs)
    .then(
      () => {
        keeper.isFailing = false;
      },
      (cause: unknown) => {
        keeper.keeping = null; // what of it is on record is looked up again
        if (!keeper.isFailing) log.warn("a run could not be put on record", { cause, clusterId: target.clusterId });
        keeper.isFailing = true;
      },
    )
    .finally(() => {
      keeper.isWriting = false;
    });
}

async function keep(target: Target, keeper: Keeper, jobs: Jobs): Promise<void> {
  const job = jobs.jobs[0];
  const at = jobs.clock ?? jobs.record?.watched.at(-1)?.[1];
  if (!job || at === undefined) return;
  if (!isKept(keeper.keeping, job)) {
    keeper.keeping = await lookUp(target, job);
    await settleFlights(target, jobs.jobs);
  }
  const { keeping } = keeper;
  // A run that had ended before anybody looked is not made up afterwards.
  if (!keeping || (keeping.id === null && !isJobOpen(job))) return;
  const step = flightStep(keeping.memo, job, jobs, at);
  if (isNothing(step)) return;
  const id = await write(target, keeping, step);
  keeper.keeping = { jobId: job.jobId, startedAt: job.startedAt, id, memo: withStep(keeping.memo, step) };
}

function isKept(keeping: Keeping | null, { jobId, startedAt }: Job): boolean {
  return keeping?.jobId === jobId && (keeping.startedAt === null || keeping.startedAt === startedAt);
}

async function lookUp({ clusterId }: Target, job: Job): Promise<Keeping> {
  const database = await state();
  const id = await findFlight(database, clusterId, job);
  const flight: Flight | undefined = id === undefined ? undefined : await readFlight(database, id);
  return { jobId: job.jobId, startedAt: job.startedAt, id: id ?? null, memo: flight ? memoOf(flight) : NO_MEMO };
}

const isNothing = ({ head, tasks, samples, watched }: FlightStep) =>
  head === null && watched === null && tasks.length === 0 && samples.length === 0;

async function write({ clusterId }: Target, { id }: Keeping, step: FlightStep): Promise<number> {
  return (await state()).transaction(async (inside) => {
    const flightId = id ?? (await createFlight(inside, clusterId, step.head));
    await addToFlight(inside, flightId, step);
    return flightId;
  });
}
