import fc from "fast-check";
import { expect, test } from "vitest";
import { type LagFrame, lagHistory, rememberFrame } from "./lag-history";

const NOW = 10_000_000;
const QUARTER = 15 * 60_000;
const frame = (at: number, lag: number | null, key = "a"): LagFrame => ({ at, lags: new Map([[key, lag]]) });
const watchedSince = (start: number, lag: (at: number) => number) =>
  Array.from({ length: Math.floor((NOW - start) / 2000) + 1 }, (_, poll) =>
    frame(start + poll * 2000, lag(start + poll * 2000)),
  );

test("at most 300 points for any watching, in order, with the newest frame last", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 200, max: 40_000 }), { maxLength: 600 }), (steps) => {
      let at = NOW;
      const frames = steps.map((step) => {
        at -= step;
        return frame(at, step);
      });
      frames.reverse();
      const { times, series } = lagHistory(frames, NOW);
      expect(times.length).toBeLessThanOrEqual(300);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      for (const { values } of series) expect(values).toHaveLength(times.length);
    }),
  );
});

test("a peak of one poll is not thinned away", () => {
  const { series } = lagHistory(
    watchedSince(NOW - QUARTER + 1, (at) => (at === NOW - QUARTER + 1 + 400_000 ? 77 : 0.1)),
    NOW,
  );
  expect(Math.max(...(series[0]?.values ?? []).map((value) => value ?? 0))).toBe(77);
});

test("the line begins where the watching began, on an axis of the whole quarter of an hour", () => {
  const { times, series } = lagHistory(
    watchedSince(NOW - 60_000, () => 1),
    NOW,
  );
  expect(times[0]).toBe(NOW - QUARTER);
  expect(series[0]?.values[0]).toBeNull();
  expect(series[0]?.values[1]).toBe(1);
});

test("a time in which nobody watched is a gap, and a standby that was not there has none of its values made up", () => {
  const frames = [frame(NOW - 90_000, 1), frame(NOW - 85_000, 2), frame(NOW - 5000, 3, "b"), frame(NOW, 4, "b")];
  const { series } = lagHistory(frames, NOW);
  expect(series).toEqual([
    { key: "a", values: [null, 1, 2, null, null, null] },
    { key: "b", values: [null, null, null, null, 3, 4] },
  ]);
});

test("frames older than a quarter of an hour are forgotten", () => {
  const frames = rememberFrame([frame(NOW - QUARTER - 1, 1), frame(NOW - QUARTER, 2)], frame(NOW, 3));
  expect(frames.map(({ at }) => at)).toEqual([NOW - QUARTER, NOW]);
});
