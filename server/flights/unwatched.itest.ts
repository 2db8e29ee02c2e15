import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { gapsOf } from "@/lib/domain/flight-gaps";
import { jobsAt, replayOf } from "@/lib/domain/flight-replay";
import { isJobOpen } from "@/lib/domain/job";
import { jobWork } from "@/lib/domain/job-work";
import { runVerdict } from "@/lib/domain/run-verdict";
import { collectorFor, refreshTopics, stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { newestFlight, readFlight } from "@/server/store/flights";
import { closeState, state } from "@/server/store/state";
import { testCluster } from "@/server/testing/cluster";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { tendRunsAfterReads } from "./tend";

recordInOwnFolder();
const { sandbox, threeLogins: target } = testCluster();
const { spare } = sandbox.nodes;

beforeAll(async () => {
  tendRunsAfterReads();
  await sandbox.reset();
});
afterAll(async () => {
  await stopCollectors();
  await closePools();
  await closeState();
  await sandbox.reset();
});

const PAST = globalThis as typeof globalThis & { __shardboardJobs?: unknown; __shardboardFlights?: unknown };

async function flightOf(jobId: number) {
  const database = await state();
  const id = await newestFlight(database, target.clusterId, jobId);
  return id === undefined ? undefined : readFlight(database, id);
}

test("a run that somebody else started is on record whole though nobody watches, also when the console dies in its middle", {
  timeout: 300_000,
}, async () => {
  collectorFor(target);
  await refreshTopics(target, ["jobs"]);
  await sandbox.query("drop table order_items, orders, customers"); // half of the sample is enough: every move costs seconds
  await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
  const [started] = await sandbox.query<{ id: string }>(
    "select citus_rebalance_start(shard_transfer_mode => 'force_logical')::text as id",
  );
  const jobId = Number(started?.id);
  // From here on nobody asks for anything: what follows is the console's own doing.
  await refreshTopics(target, ["jobs"]);
  await vi.waitUntil(
    async () => ((await flightOf(jobId))?.tasks.filter((task) => task.finishedAt !== null).length ?? 0) >= 2,
    {
      timeout: 120_000,
      interval: 500,
    },
  );
  await stopCollectors();
  const before = await flightOf(jobId);
  delete PAST.__shardboardJobs;
  delete PAST.__shardboardFlights;
  collectorFor(target);
  await refreshTopics(target, ["jobs"]);
  const flight = await vi.waitUntil(
    async () => {
      const known = await flightOf(jobId);
      return known && !isJobOpen(known.job) && known.skewAfter !== null ? known : undefined;
    },
    { timeout: 240_000, interval: 1_000 },
  );
  if (!before) throw new Error("nothing was on record");
  expect(flight.samples.slice(0, before.samples.length)).toEqual(before.samples);
  expect(flight.job.state).toBe("finished");
  const end = replayOf(flight);
  expect(jobWork(jobsAt(end, end.to))?.fraction).toBe(1);
  expect(gapsOf(flight.watched, flight.job).length).toBeLessThanOrEqual(1);
  const moves = flight.tasks.filter((task) => task.move !== null);
  expect(moves.every((task) => (task.bytes ?? 0) >= 0 && task.bytes !== null)).toBe(true);
  expect(flight.samples.some((sample) => sample.phase !== null && sample.sourceBytes !== null)).toBe(true);
  expect(runVerdict(flight.job, flight)?.tone).toBe("ok");
});
