import fc from "fast-check";
import { expect, test } from "vitest";
import { forecastOf, type Growth, growthOf, isSteady } from "./growth";
import { forecastSentence, growthText } from "./growth-sentences";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GB = 1024 ** 3;
/** Local noon, so that the dates read the same in every time zone. */
const NOW = new Date(2026, 10, 28, 12).getTime();
const hours = (count: number) => Array.from({ length: count }, (_, index) => NOW - (count - 1 - index) * HOUR);
/** Always the same numbers between -1 and 1, that follow no line. */
const noise = (index: number) => ((index * 7919 + 13) % 101) / 50 - 1;
const free = (count: number, perDay: number, wobble = 0): Growth =>
  growthOf(
    hours(count),
    hours(count).map((at, index) => 41 * GB + (perDay * (at - NOW)) / DAY + wobble * noise(index)),
    NOW,
  );

test("a line is found exactly, whatever is missing of it, and its forecast is when it reaches nothing", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.array(fc.boolean(), { minLength: 168, maxLength: 168 }),
      (lossMb, isMissing) => {
        const perDay = lossMb * 1024 ** 2;
        const times = hours(168);
        const values = times.map((at, index) =>
          isMissing[index] && index > 0 && index < 167 && index % 6 !== 0
            ? null
            : 500 * GB - (perDay * (at - NOW)) / DAY,
        );
        const { trend } = growthOf(times, values, NOW);
        expect(trend?.perDay ?? 0).toBeCloseTo(-perDay, -3);
        const forecast = forecastOf(growthOf(times, values, NOW));
        const days = (500 * GB) / perDay;
        if (days > 3_651) expect(forecast.kind).toBe("lasts");
        else if (days < 3_649) expect(forecast).toMatchObject({ kind: "full", days: expect.closeTo(days, 1) });
      },
    ),
  );
});

test("the range holds the forecast, and points that lie farther from the line make it wider", () => {
  const widths = [0.1, 1, 3].map((wobble) => {
    const forecast = forecastOf(free(168, -GB, wobble * GB));
    if (forecast.kind !== "full") throw new Error(`no forecast: ${forecast.because}`);
    expect(forecast.soonestDays).toBeLessThan(forecast.days);
    expect(forecast.latestDays).toBeGreaterThan(forecast.days);
    return forecast.latestDays - forecast.soonestDays;
  });
  expect(widths).toEqual(widths.toSorted((a, b) => a - b));
});

test("points that err together are worth fewer than points that err each by itself", () => {
  const times = hours(168);
  const withErrors = (error: (index: number) => number) =>
    growthOf(
      times,
      times.map((at, index) => 500 * GB - (GB * (at - NOW)) / DAY + error(index) * GB),
      NOW,
    ).trend;
  const inStretches = withErrors((index) => (Math.floor(index / 24) % 2 === 0 ? 1 : -1));
  const each = withErrors((index) => (index % 2 === 0 ? 1 : -1));
  expect(inStretches?.errorPerDay).toBeGreaterThan(3 * (each?.errorPerDay ?? 0));
});

test.each([
  ["3 h of points", free(4, -GB), "known for 3 h; a trend needs a day"],
  [
    "no point",
    growthOf(
      hours(5),
      hours(5).map(() => null),
      NOW,
    ),
    "nothing was measured in this time",
  ],
  [
    "a node that was silent since",
    growthOf(
      hours(100).map((at) => at - 8 * HOUR),
      hours(100).map((_, index) => index),
      NOW,
    ),
    "last measured 8 h ago",
  ],
  [
    "a few points in two days",
    growthOf(
      hours(49),
      hours(49).map((_, index) => (index % 24 === 0 ? 5 : null)),
      NOW,
    ),
    "measured in 3 steps only; a trend needs 12",
  ],
])("without a line there is no forecast but the reason: %s", (_, growth, because) => {
  expect(growth).toEqual({ trend: null, because });
  expect(forecastOf(growth)).toEqual({ kind: "unknown", because });
});

test("what shrinks, stays or hardly grows does not fill a disk", () => {
  expect(forecastOf(free(168, GB))).toMatchObject({ kind: "lasts", because: "more becomes free" });
  expect(forecastOf(free(168, 0, GB))).toMatchObject({ kind: "lasts", because: "what is free stays about the same" });
  expect(forecastOf(free(168, 0))).toMatchObject({ kind: "lasts" });
  expect(forecastOf(free(168, -GB / 1_000))).toMatchObject({
    kind: "lasts",
    because: expect.stringContaining("ten years"),
  });
});

test("a trend within the scatter of its points is no trend", () => {
  const { trend } = free(168, 0.001 * GB, GB);
  expect(trend && isSteady(trend)).toBe(true);
  expect(growthText(free(168, 0.001 * GB, GB))).toBe("about the same");
  expect(growthText(free(168, 1.2 * GB))).toBe("+1.2 GB a day");
  expect(growthText(free(4, GB))).toBeNull();
});

test("the sentence says when, by what, and between what", () => {
  expect(forecastSentence(":55167", forecastOf(free(169, -GB, 3 * GB)), NOW)).toMatch(
    /^The disk of :55167 is full in about \d+ days \(2027-01-\d\d\), by a straight line through the last 7 d; between \d+ and \d+ days\.$/,
  );
  expect(forecastSentence(":55167", forecastOf(free(4, -GB)), NOW)).toBe(
    "When the disk of :55167 is full is not known: known for 3 h; a trend needs a day.",
  );
});
