import { expect, test } from "vitest";
import { speedCurve } from "./speed-curve";

test("speed is bytes over the seconds before, and never less than nothing", () => {
  expect(
    speedCurve([
      [0, 0],
      [1000, 500],
      [2000, 1500],
      [3000, 1200],
    ]),
  ).toEqual([500, 750, 400]);
});

test("a burst that is ten seconds old no longer counts", () => {
  const curve = speedCurve([
    [0, 0],
    [1000, 9000],
    [12000, 9000],
    [13000, 9000],
  ]);
  expect(curve.at(-1)).toBe(0);
});

test("one reading is no speed", () => {
  expect(speedCurve([[0, 100]])).toEqual([]);
});
