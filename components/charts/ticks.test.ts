import fc from "fast-check";
import { expect, test } from "vitest";
import { ticksFor } from "./ticks";

test("seconds count in 1, 2 and 5", () => {
  expect(ticksFor(1.8)).toEqual([0, 0.5, 1, 1.5, 2]);
  expect(ticksFor(0.0004)).toEqual([0, 0.0001, 0.0002, 0.0003, 0.0004]);
});

test("bytes count in powers of two", () => {
  expect(ticksFor(63.7 * 1024 ** 2, { binary: true })).toEqual(
    [0, 16, 32, 48, 64].map((megabytes) => megabytes * 1024 ** 2),
  );
});

test("there are never more than five, zero is one of them, and the greatest value fits", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e15, noNaN: true }), fc.boolean(), (max, binary) => {
      const ticks = ticksFor(max, { binary });
      return ticks.length <= 5 && ticks[0] === 0 && (ticks.at(-1) ?? 0) >= max * 0.999999;
    }),
  );
});

test("nothing measured still has a scale", () => {
  expect(ticksFor(0)).toEqual([0, 1]);
});
