import { expect, test } from "vitest";
import { linePath } from "./line-path";

test("a gap is a gap: the line ends and begins anew", () => {
  const path = linePath([{ x: 0, y: 1 }, { x: 1, y: 2 }, null, { x: 3, y: 4 }, { x: 4, y: 5 }]);
  expect(path).toBe("M0.0 1.0L1.0 2.0M3.0 4.0L4.0 5.0");
});

test("an area is closed piece by piece", () => {
  expect(linePath([{ x: 0, y: 1 }, null, { x: 2, y: 3 }], 9)).toBe("M0.0 1.0L0.0 9L0.0 9ZM2.0 3.0L2.0 9L2.0 9Z");
});

test("nothing measured draws nothing", () => {
  expect(linePath([null, null])).toBe("");
});
