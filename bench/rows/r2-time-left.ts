import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { type Flight, flightSchema } from "../../lib/domain/flight.ts";
import { apiRoutes } from "../../lib/routes.ts";
import { startSandbox } from "../../sandbox/start.ts";
import type { Sandbox } from "../../sandbox/types.ts";
import type { FigureWords, Measured } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import { clusterOf } from "../stage/cluster.ts";
import { type ConsoleOn, withConsole } from "../stage/console.ts";
import { type TimeLeftError, timeLeftError } from "../stage/time-left-errors.ts";
import { askTopic } from "../stage/transport.ts";

const SHARES = [0.25, 0.5, 0.75] as const;
const RUN_MS = 300_000;
/** Servers, console and moves share a small machine: what a statement waits for them would leave a purse of 1 % empty for whole runs. */
const BUDGET_PERCENT = 50;

/**
 * R2: how far the time left is off. Ten runs one after the other on a cluster of its own, to a node that joins and away from it again,
 * watched on a console; at a quarter, half and three quarters what it would have said is compared with how long
 * the run went on. Beside it the straight line: as long as the moves that are done took, for each that is not.
 */
export const row: BenchRow = {
  id: "R2",
  figures: SHARES.map(figureAt),
  run,
};

function figureAt(share: number): FigureWords {
  return {
    id: `R2.${share * 100}`,
    what: `time left with ${share * 100} % done: worst error of ten runs, of the run's length`,
    beside: "a straight line through the moves that are done",
    unit: "%",
    target: { of: "ratio", most: 1 },
    onCitusOnly: true,
  };
}

async function run({ cluster: { engine }, runs, say }: Bench): Promise<Measured[]> {
  const sandbox = await startSandbox({ engine, standbys: false, pace: "demo" });
  try {
    return await withConsole(await clusterOf(sandbox), { budgetPercent: BUDGET_PERCENT }, async (console) => {
      // The sample data have a table that Citus would refuse to move: what is measured is how long moves take.
      await sandbox.query("alter table no_pk replica identity full");
      const flights: Flight[] = [];
      for (let pair = 1; pair <= runs; pair += 1) {
        say(`two runs, ${pair} of ${runs}`);
        for (const isThere of [true, false])
          flights.push(await recorded(sandbox, console, await start(sandbox, isThere)));
      }
      return SHARES.map((share) => measuredAt(share, flights));
    });
  } finally {
    await sandbox.dispose();
  }
}

/** Shards go to the spare node, or away from it. */
async function start(sandbox: Sandbox, isThere: boolean): Promise<number> {
  const { host, port } = sandbox.nodes.spare;
  await sandbox.query("select citus_add_node($1, $2)", [host, port]);
  await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', $3)", [host, port, isThere]);
  const [started] = await sandbox.query<{ id: number }>("select citus_rebalance_start()::int as id");
  return z.object({ id: z.number() }).parse(started).id;
}

async function recorded(sandbox: Sandbox, console: ConsoleOn, jobId: number): Promise<Flight> {
  const { url, clusterId, cookies } = console;
  const headers = { cookie: cookies[0] ?? "", "sec-fetch-site": "same-origin" };
  const deadline = Date.now() + RUN_MS;
  while (Date.now() < deadline) {
    // Somebody watches: who does not is told nothing, and a run of forty seconds is found when it is half over.
    await askTopic(console.asker, "jobs");
    const answer = await fetch(new URL(apiRoutes.flight(clusterId, jobId), url), { headers });
    const flight = answer.ok ? flightSchema.parse(await answer.json()) : null;
    if (flight?.job.state === "finished") return flight;
    if (flight?.job.state === "failed" || flight?.job.state === "cancelled")
      throw new Error(`Job ${jobId} ${flight.job.state}.`);
    await wait(1_000);
  }
  const tasks = await sandbox.query(
    "select task_id, status, retry_count, not_before, message from pg_catalog.pg_dist_background_task where job_id = $1 and status <> 'done'",
    [jobId],
  );
  throw new Error(`Job ${jobId} is not over, or not on record as that; Citus says: ${JSON.stringify(tasks)}`);
}

function measuredAt(share: number, flights: readonly Flight[]): Measured {
  const errors = flights.flatMap((flight) => timeLeftError(flight, share) ?? []);
  const inRange = errors.filter(({ isInRange }) => isInRange).length;
  return {
    id: `R2.${share * 100}`,
    ours: worst(errors, ({ error }) => error),
    baseline: worst(errors, ({ straight }) => straight),
    remarks: `${errors.length} of ${flights.length} runs tell it; ${inRange} within the range that was said`,
  };
}

function worst(errors: readonly TimeLeftError[], of: (one: TimeLeftError) => number | null): number | null {
  const known = errors.flatMap((one) => of(one) ?? []);
  return known.length === 0 ? null : Math.max(...known) * 100;
}
