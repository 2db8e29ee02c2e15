import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPoints, evenPoints, MOST_PARTS, maySplit, parsePoints, splitRanges } from "./split-ranges";

const LOWEST = -(2 ** 31);
const HIGHEST = 2 ** 31 - 1;
const someRange = fc
  .tuple(fc.integer({ min: LOWEST, max: HIGHEST }), fc.integer({ min: LOWEST, max: HIGHEST }))
  .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
  .filter(({ min, max }) => max - min >= MOST_PARTS);

test("the parts cover the range without a gap and without an overlap, whatever the points", () => {
  fc.assert(
    fc.property(someRange, fc.integer({ min: 2, max: MOST_PARTS }), ({ min, max }, parts) => {
      const points = evenPoints(min, max, parts);
      expect(checkPoints(min, max, points)).toEqual({ allowed: true });
      const ranges = splitRanges(min, max, points);
      expect(ranges).toHaveLength(parts);
      expect(ranges[0]?.min).toBe(min);
      expect(ranges.at(-1)?.max).toBe(max);
      ranges.forEach((range, at) => {
        expect(range.max).toBeGreaterThanOrEqual(range.min);
        if (at > 0) expect(range.min).toBe((ranges[at - 1]?.max ?? 0) + 1);
      });
      expect(ranges.reduce((sum, range) => sum + range.share, 0)).toBeCloseTo(1, 9);
    }),
  );
});

test("halves are halves", () => {
  expect(evenPoints(-100, 99, 2)).toEqual([-1]);
  expect(splitRanges(-100, 99, [-1]).map((range) => range.share)).toEqual([0.5, 0.5]);
});

test.each([
  ["none", [], "Give at least one point"],
  ["before the range", [-101], "is outside"],
  ["the last value, behind which nothing would be left", [99], "is outside"],
  ["falling", [50, 10], "have to rise"],
  ["twice the same", [10, 10], "have to rise"],
])("points that Citus refuses are refused with the reason: %s", (_what, points, because) => {
  const verdict = checkPoints(-100, 99, points);
  expect(verdict.allowed ? "" : verdict.because).toContain(because);
});

test.each([
  ["-1, 20", [-1, 20]],
  ["−1 20", [-1, 20]],
  ["", []],
  ["1.5", null],
  ["ten", null],
])("%j is read as points", (text, points) => {
  expect(parsePoints(text)).toEqual(points);
});

test("what has no range, one value only, or several copies cannot be split", () => {
  const group = { kind: "distributed" as const, min: 0, max: 9, groupIds: [1] };
  expect(maySplit(group)).toEqual({ allowed: true });
  expect(maySplit({ ...group, kind: "schema", min: null, max: null })).toMatchObject({ allowed: false });
  expect(maySplit({ ...group, max: 0 })).toMatchObject({ allowed: false });
  expect(maySplit({ ...group, groupIds: [1, 2] })).toMatchObject({ allowed: false });
});
