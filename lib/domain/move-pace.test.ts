import fc from "fast-check";
import { expect, test } from "vitest";
import { paceOf, secondsFor } from "./move-pace";

test("nothing seen gives no pace", () => {
  expect(paceOf([])).toBeNull();
});

test("moves of one size give the mean: what size costs cannot be told from them", () => {
  const pace = paceOf([6, 7, 8, 7].map((seconds) => ({ bytes: 9_000_000, seconds })));
  expect(pace).toEqual({ secondsPerMove: 7, secondsPerByte: 0, from: 4 });
});

test("moves of many sizes give both parts: the six seconds each takes, and the bytes", () => {
  const timings = [0, 1, 5, 20].map((megabytes) => ({ bytes: megabytes * 1e6, seconds: 6 + megabytes * 0.5 }));
  const pace = paceOf(timings);
  expect(pace?.secondsPerMove).toBeCloseTo(6);
  expect(pace && secondsFor(pace, [10e6, null])).toBeCloseTo(6 + 5 + 6);
});

test("no estimate is ever negative or without end", () => {
  const timing = fc.record({ bytes: fc.option(fc.nat(1e9)), seconds: fc.float({ min: 0, max: 1e4, noNaN: true }) });
  fc.assert(
    fc.property(fc.array(timing, { minLength: 1 }), fc.array(fc.option(fc.nat(1e9))), (timings, bytes) => {
      const pace = paceOf(timings);
      const seconds = pace ? secondsFor(pace, bytes) : -1;
      return Number.isFinite(seconds) && seconds >= 0;
    }),
  );
});
