import fc from "fast-check";
import { expect, test } from "vitest";
import { type FigureWords, median, quantile, ratioOf, rowOf } from "./figures";

const words: FigureWords = {
  id: "P0",
  what: "ours",
  beside: "theirs",
  unit: "ms",
  target: { of: "ratio", most: 0.1 },
};

test("half of the values lie on either side of the median, whatever their order and number", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const middle = median(values);
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
    }),
  );
});

test("the 95th percentile is a value that was measured, and 95 of 100 do not exceed it", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(quantile(hundred, 0.95)).toBe(95);
  expect(quantile([7], 0.95)).toBe(7);
});

test("there is no ratio to what could not be measured, nor to nothing", () => {
  expect(ratioOf(1, null)).toBeNull();
  expect(ratioOf(null, 1)).toBeNull();
  expect(ratioOf(1, 0)).toBeNull();
});

test("a target of a ratio is met up to it and missed beyond it", () => {
  expect(rowOf(words, { id: "P0", ours: 10, baseline: 100 }, "stand-in")).toMatchObject({ ratio: 0.1, met: true });
  expect(rowOf(words, { id: "P0", ours: 10.01, baseline: 100 }, "stand-in")).toMatchObject({ ratio: 0.1, met: false });
});

test("a target of our own value needs no baseline", () => {
  const own: FigureWords = { ...words, target: { of: "ours", most: 700 } };
  expect(rowOf(own, { id: "P0", ours: 700, baseline: null }, "stand-in")).toMatchObject({
    met: true,
    target: "≤ 700 ms",
  });
  expect(rowOf(own, { id: "P0", ours: 701, baseline: null }, "stand-in").met).toBe(false);
});

test("beside Citus' own work nothing is met or missed on the stand-in, however good it looks", () => {
  const onCitus: FigureWords = { ...words, onCitusOnly: true };
  expect(rowOf(onCitus, { id: "P0", ours: 1, baseline: 100 }, "stand-in")).toMatchObject({ ratio: 0.01, met: null });
  expect(rowOf(onCitus, { id: "P0", ours: 1, baseline: 100 }, "citus").met).toBe(true);
});

test("what could not be measured is neither met nor missed", () => {
  for (const measured of [
    { id: "P0", ours: null, baseline: 100 },
    { id: "P0", ours: 1, baseline: null },
    { id: "P0", ours: Number.NaN, baseline: 100 },
  ]) {
    expect(rowOf(words, measured, "citus").met).toBeNull();
  }
});

test("beyond its target, but within what the controls vary by, is met", () => {
  expect(rowOf(words, { id: "P0", ours: 20, baseline: 100, isWithinSpread: true }, "citus").met).toBe(true);
});
