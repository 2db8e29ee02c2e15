import "server-only";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { flightStep, memoOf } from "@/lib/domain/flight-step";
import { flightOf, recordedSteps } from "@/lib/testing/flights";
import { aJob, aTask, someJobs } from "@/lib/testing/jobs";
import type { Database } from "@/server/store/database";
import {
  addToFlight,
  createFlight,
  findFlight,
  listFlights,
  listTimings,
  newestFlight,
  openFlights,
  readFlight,
} from "@/server/store/flights";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import type { StatePlace } from "./state-database";

const shop = clusterIdSchema.parse("shop");
const other = clusterIdSchema.parse("other");
const steps = recordedSteps();
const whole = flightOf(steps);

/** What the records of runs guarantee whichever database holds them. */
export function flightsContract(make: () => Promise<StatePlace>): void {
  let place: StatePlace;
  let database: Database;
  let id = 0;
  beforeAll(async () => {
    place = await make();
    database = await place.open();
    await migrate(database, STATE_MIGRATIONS);
    id = await createFlight(database, shop, steps[0]?.step.head ?? null);
    for (const { step } of steps) await database.transaction((inside) => addToFlight(inside, id, step));
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  test("what was added look by look is read back whole, and nothing of it twice", async () => {
    expect(await readFlight(database, id)).toEqual(whole);
    const again = steps.at(-2)?.step;
    if (again) await addToFlight(database, id, { ...again, head: null });
    expect((await readFlight(database, id))?.samples).toHaveLength(whole.samples.length);
  });

  test("another console on the same state reads the same record", async () => {
    const second = await place.open();
    try {
      expect(await readFlight(second, id)).toEqual(whole);
    } finally {
      await second.close();
    }
  });

  test("a record is found by its very job: not for another cluster, and not for the same number of a cluster made anew", async () => {
    const { jobId, startedAt } = whole.job;
    expect(await findFlight(database, shop, { jobId, startedAt })).toBe(id);
    expect(await findFlight(database, other, { jobId, startedAt })).toBeUndefined();
    expect(await findFlight(database, shop, { jobId, startedAt: (startedAt ?? 0) + 1 })).toBeUndefined();
    expect(await newestFlight(database, shop, jobId)).toBe(id);
    expect(await listFlights(database, shop, 10)).toEqual([{ jobId, startedAt }]);
  });

  test("what moves took is told from every move that was seen from start to end, in its mode", async () => {
    const timings = await listTimings(database, shop, 100);
    expect(timings.length).toBeGreaterThan(10);
    expect(new Set(timings.map(({ mode }) => mode))).toEqual(new Set(["force_logical"]));
    expect(timings.every(({ timing }) => timing.seconds > 0 && timing.bytes !== null)).toBe(true);
    expect(await listTimings(database, other, 100)).toEqual([]);
  });

  test("the words of an error are kept once, however often the task fails with them", async () => {
    const job = aJob({ jobId: 12 });
    const failing = (retryCount: number) =>
      someJobs({ tasks: [aTask({ status: "runnable", pid: null, retryCount, message: "ERROR: ünreachable" })] });
    const first = flightStep(memoOf({ ...whole, samples: [], tasks: [] }), job, failing(1), 1_000);
    const flightId = await createFlight(database, shop, first.head);
    for (const retry of [1, 2, 3]) {
      const memo = memoOf((await readFlight(database, flightId)) ?? whole);
      await addToFlight(database, flightId, flightStep(memo, job, failing(retry), retry * 1_000));
    }
    const flight = await readFlight(database, flightId);
    expect(flight?.samples.map(({ retryCount, message }) => [retryCount, message])).toEqual(
      [1, 2, 3].map((retry) => [retry, "ERROR: ünreachable"]),
    );
    expect((await openFlights(database, shop)).map(({ jobId }) => jobId)).toEqual([12]);
  });
}
