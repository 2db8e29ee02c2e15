import "server-only";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { folded, HISTORY_TIERS, type Point, startOfStep } from "@/lib/domain/history";
import { readHistory } from "@/server/metrics/history";
import { createKeeper } from "@/server/metrics/keeper";
import { type Database, storeStatement } from "@/server/store/database";
import { METRICS_MIGRATIONS } from "@/server/store/metrics-migrations";
import { migrate } from "@/server/store/migrate";
import type { StatePlace } from "./state-database";

/** A Monday at noon; everything happens in the time before. */
const NOW = Date.UTC(2026, 7, 3, 12);
const HOUR = 3_600_000;
const clusterId = "shop";

const tierOf = storeStatement({
  text: "select tier, count(*) as n, sum(samples) as samples, min(at) as oldest from points group by tier order by tier",
  row: z.object({ tier: z.number(), n: z.number(), samples: z.number(), oldest: z.number() }),
});
const pointsOf = storeStatement({
  text: "select at, total, low, high, samples from points where tier = $1 order by at",
  row: z.object({ at: z.number(), total: z.number(), low: z.number(), high: z.number(), samples: z.number() }),
});

type Measured = { at: number; value: number };

/** What every database of the history guarantees. */
export function metricsContract(make: () => Promise<StatePlace>): void {
  let place: StatePlace;
  let database: Database;
  beforeEach(async () => {
    place = await make();
    database = await place.open();
    await migrate(database, METRICS_MIGRATIONS);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  async function keep(all: readonly Measured[], key = "2", keeper = createKeeper(database)) {
    for (const { at, value } of all) keeper.take({ clusterId, at, samples: [{ series: "node-bytes", key, value }] });
    await keeper.flush();
    return keeper;
  }

  /** Rounds of tidying, as the worker does them, until nothing is left to do. */
  async function tidyAll(now: number, rounds = 20) {
    const keeper = createKeeper(database);
    for (let round = 0; round < rounds; round++) await keeper.tidy(now);
  }

  const ask = (from: number, to: number, now = NOW) =>
    readHistory(database, { clusterId, series: "node-bytes", from, to }, now);

  test("what was measured is read back: mean, lowest and highest of each step, and a gap where nothing was", async () => {
    const at = NOW - 60_000;
    await keep([
      { at, value: 10 },
      { at: at + 3_000, value: 40 },
      { at: at + 20_000, value: 7 },
    ]);
    const { times, lines, stepMs, since } = await ask(at, at + 40_000);
    expect(stepMs).toBe(10_000);
    expect(since).toBe(at);
    expect(times).toEqual([0, 1, 2, 3].map((step) => at + step * 10_000));
    expect(lines).toEqual([
      { key: "2", mean: [25, null, 7, null], low: [10, null, 7, null], high: [40, null, 7, null] },
    ]);
  });

  test("samples that come in several batches, or after a restart, are added to the step they belong to", async () => {
    const at = NOW - 60_000;
    await keep([{ at, value: 10 }]);
    await keep([{ at: at + 1_000, value: 2 }]);
    const { lines } = await ask(at, at + 10_000);
    expect(lines).toEqual([{ key: "2", mean: [6], low: [2], high: [10] }]);
  });

  test("putting together is exact: in every tier each step has the sum, the count and the extremes of its samples", async () => {
    await fc.assert(
      fc
        .asyncProperty(
          fc.array(fc.record({ ago: fc.integer({ min: 60_000, max: 90 * 60_000 }), value: fc.integer() }), {
            minLength: 1,
            maxLength: 60,
          }),
          async (drawn) => {
            const all = drawn.map(({ ago, value }) => ({ at: NOW - ago, value }));
            await keep(all);
            await tidyAll(NOW, 3);
            for (const [tier, { stepMs }] of HISTORY_TIERS.entries()) {
              const end = tier === 0 ? NOW : startOfStep(NOW - 15_000, stepMs);
              const raw: Point[] = all.map(({ at, value }) => ({
                at,
                total: value,
                low: value,
                high: value,
                samples: 1,
              }));
              const expected = [...folded(raw, stepMs).values()]
                .filter(
                  (point) =>
                    tier === 0 || point.at + stepMs <= startOfStep(end, HISTORY_TIERS[3].stepMs) || point.at < end,
                )
                .toSorted((a, b) => a.at - b.at);
              const kept = await database.all(pointsOf, [tier]);
              expect(kept).toEqual(expected.slice(0, kept.length));
              expect(kept.length).toBeGreaterThanOrEqual(expected.filter((point) => point.at + HOUR <= end).length);
            }
          },
        )
        .afterEach(async () => {
          for (const table of ["points", "series", "marks"])
            await database.all(storeStatement({ text: `delete from ${table}`, row: z.object({}) }));
        }),
      { numRuns: 20 },
    );
  });

  test("whatever is asked for, and however far it was put together, every sample is counted once", async () => {
    const all = Array.from({ length: 600 }, (_, index) => ({
      at: NOW - 100 * 60_000 + index * 10_000,
      value: 1 + (index % 7),
    }));
    await keep(all);
    for (const round of [0, 1, 2]) {
      for (const hours of [1.5, 2, 20, 100, 2000]) {
        const { lines, times, stepMs } = await ask(NOW - hours * HOUR, NOW);
        const inRange = all.filter(({ at }) => at >= (times[0] ?? 0) && at < NOW);
        const highs = lines[0]?.high.filter((one) => one !== null) ?? [];
        expect(Math.max(...highs)).toBe(7);
        const means = lines[0]?.mean ?? [];
        const total = means.reduce<number>((sum, mean, index) => {
          const own = inRange.filter(({ at }) => startOfStep(at, stepMs) === times[index]);
          return sum + (mean ?? 0) * own.length;
        }, 0);
        expect(total).toBeCloseTo(
          inRange.reduce((sum, { value }) => sum + value, 0),
          5,
        );
      }
      await tidyAll(NOW, round + 1);
    }
  });

  test("each tier forgets after its time, and not before the next one has it", async () => {
    const hourly = Array.from({ length: 24 * 8 }, (_, index) => ({ at: NOW - index * HOUR - HOUR, value: index }));
    await keep(hourly);
    await tidyAll(NOW, 250);
    const tiers = await database.all(tierOf);
    for (const { tier, oldest } of tiers)
      expect(oldest).toBeGreaterThanOrEqual(NOW - (HISTORY_TIERS[tier]?.keptMs ?? 0));
    // The newest hour is not over yet.
    expect(tiers.find(({ tier }) => tier === 3)).toMatchObject({ n: 191, samples: 191 });
    expect(tiers.find(({ tier }) => tier === 0)?.n).toBeLessThanOrEqual(2);
  });

  test("a time in which the console did not run is passed over in one round, not step by step", async () => {
    await keep([{ at: NOW - 80 * 24 * HOUR, value: 1 }]);
    await tidyAll(NOW - 79 * 24 * HOUR, 5);
    await keep([{ at: NOW - HOUR, value: 2 }]);
    await tidyAll(NOW, 5);
    const tiers = await database.all(tierOf);
    expect(tiers.find(({ tier }) => tier === 1)).toMatchObject({ n: 1 });
    expect(tiers.find(({ tier }) => tier === 3)?.samples).toBeGreaterThanOrEqual(1);
  });

  test("what the database did not take is written when it takes it again", async () => {
    let isRefusing = true;
    const refusing: Database = {
      ...database,
      transaction: (work) => (isRefusing ? Promise.reject(new Error("disk full")) : database.transaction(work)),
    };
    const keeper = createKeeper(refusing);
    const at = NOW - 60_000;
    keeper.take({ clusterId, at, samples: [{ series: "node-bytes", key: "2", value: 5 }] });
    await expect(keeper.flush()).rejects.toThrow("disk full");
    keeper.take({ clusterId, at: at + 1_000, samples: [{ series: "node-bytes", key: "2", value: 9 }] });
    isRefusing = false;
    await keeper.flush();
    expect((await ask(at, at + 10_000)).lines).toEqual([{ key: "2", mean: [7], low: [5], high: [9] }]);
    expect(keeper.lost()).toBe(0);
  });
}
