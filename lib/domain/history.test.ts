import fc from "fast-check";
import { expect, test } from "vitest";
import { folded, HISTORY_TIERS, type Point, startOfStep, tierFor } from "./history";

const NOW = 1_800_000_000_000;
const samples = fc.array(fc.record({ at: fc.integer({ min: NOW - 7_200_000, max: NOW }), value: fc.integer() }), {
  minLength: 1,
  maxLength: 200,
});
const pointsOf = (all: { at: number; value: number }[]): Point[] =>
  all.map(({ at, value }) => ({ at, total: value, low: value, high: value, samples: 1 }));
const sorted = (steps: Map<number, Point>) => [...steps.values()].toSorted((a, b) => a.at - b.at);

test("the steps are multiples of each other, so that no point belongs to two longer ones", () => {
  HISTORY_TIERS.slice(1).forEach(({ stepMs, keptMs }, index) => {
    const finer = HISTORY_TIERS[index];
    expect(stepMs % (finer?.stepMs ?? 0)).toBe(0);
    expect(keptMs).toBeGreaterThan(finer?.keptMs ?? 0);
  });
});

test("folding step by step gives what folding at once gives: totals, counts and extremes", () => {
  fc.assert(
    fc.property(samples, (all) => {
      const atOnce = folded(pointsOf(all), 3_600_000);
      let stepwise: Iterable<Point> = pointsOf(all);
      for (const { stepMs } of HISTORY_TIERS) stepwise = folded(stepwise, stepMs).values();
      expect(sorted(new Map([...stepwise].map((point) => [point.at, point])))).toEqual(sorted(atOnce));
    }),
  );
});

test("a step's count is the number of its samples, its mean their mean, and its extremes were measured", () => {
  fc.assert(
    fc.property(samples, fc.constantFrom(...HISTORY_TIERS), (all, { stepMs }) => {
      for (const point of folded(pointsOf(all), stepMs).values()) {
        const own = all.filter(({ at }) => startOfStep(at, stepMs) === point.at).map(({ value }) => value);
        expect(point.samples).toBe(own.length);
        expect(point.total).toBe(own.reduce((sum, value) => sum + value, 0));
        expect([point.low, point.high]).toEqual([Math.min(...own), Math.max(...own)]);
      }
    }),
  );
});

test("a chart gets the finest tier that reaches back far enough, and at most 801 points", () => {
  expect(tierFor(NOW - 900_000, NOW, NOW)).toEqual({ tier: 0, stepMs: 10_000 });
  expect(tierFor(NOW - 24 * 3_600_000, NOW, NOW).tier).toBe(2);
  expect(tierFor(NOW - 30 * 60_000 - 3 * 3_600_000, NOW - 3 * 3_600_000, NOW)).toEqual({ tier: 1, stepMs: 60_000 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 * 86_400_000 }),
      fc.integer({ min: 1, max: 90 * 86_400_000 }),
      (ago, length) => {
        const { tier, stepMs } = tierFor(NOW - ago, NOW - ago + length, NOW);
        expect(length / stepMs).toBeLessThanOrEqual(800);
        expect(tier === 3 || (HISTORY_TIERS[tier]?.keptMs ?? 0) >= ago).toBe(true);
      },
    ),
  );
});
