import { expect, test } from "vitest";
import { formatDeviation, formatPercent } from "./percent";

test("a share reads as whole percent", () => {
  expect(formatPercent(0.63)).toBe("63 %");
  expect(formatPercent(0)).toBe("0 %");
  expect(formatPercent(1)).toBe("100 %");
});

test("a little is never nothing, and nearly all is never all", () => {
  expect(formatPercent(0.0001)).toBe("< 1 %");
  expect(formatPercent(0.9999)).toBe("99 %");
});

test("a distance from the mean carries its sign", () => {
  expect(formatDeviation(0.35)).toBe("+35 %");
  expect(formatDeviation(-0.04)).toBe("\u22124 %");
  expect(formatDeviation(-0.001)).toBe("0 %");
});
