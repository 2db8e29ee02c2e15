import { expect, test } from "vitest";
import { blockWidth, fits, scaleFor, trackFor } from "./block-size";
import { inUnit, unitFor } from "./size-unit";

const large = { widest: 52, height: 60 };

test("the width grows with the root of the size, and the smallest can still be pointed at", () => {
  expect(blockWidth(100, 100, large)).toBe(52);
  expect(blockWidth(25, 100, large)).toBe(26);
  expect(blockWidth(1, 1_000_000, large)).toBe(9);
});

test("an unknown size is neither the smallest nor the largest", () => {
  expect(blockWidth(null, 100, large)).toBe(31);
});

test("blocks shrink before lines wrap, and become small where there are many", () => {
  const wanted = (scale: { widest: number }) => scale.widest * 20;
  expect(scaleFor({ blocks: 60, rows: 4 }, wanted, 2_000).widest).toBe(52);
  expect(scaleFor({ blocks: 60, rows: 4 }, wanted, 900).widest).toBe(44);
  expect(scaleFor({ blocks: 60, rows: 4 }, wanted, 300).widest).toBe(40);
  expect(scaleFor({ blocks: 900, rows: 4 }, wanted, 2_000).height).toBe(24);
});

test("a text is drawn only where all of it fits", () => {
  expect([fits("019", 22), fits("019", 20), fits("12.4", 30)]).toEqual([true, false, true]);
});

test("a column that wants little gets no more than it wants", () => {
  expect(trackFor(120)).toBe("minmax(120px, 120fr)");
  expect(trackFor(700)).toBe("minmax(180px, 700fr)");
});

test("one unit for a column; something is never 0.0", () => {
  const megabytes = unitFor(9.6 * 1024 ** 2);
  expect([megabytes.name, inUnit(4_613_734, megabytes), inUnit(900, megabytes), inUnit(0, megabytes)]).toEqual([
    "MB",
    "4.4",
    "<0.1",
    "0",
  ]);
  expect(inUnit(104 * 1024 ** 2, megabytes)).toBe("104");
});
