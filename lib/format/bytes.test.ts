import fc from "fast-check";
import { expect, test } from "vitest";
import { formatBytes, formatRate } from "./bytes";

test.each([
  [0, "0 B"],
  [1, "1 B"],
  [1000, "1\u2009000 B"],
  [1024, "1 kB"],
  [8192, "8 kB"],
  [1536, "1.5 kB"],
  [32768, "32 kB"],
  [4.4 * 1024 ** 2, "4.4 MB"],
  [62.2 * 1024 ** 2, "62.2 MB"],
  [155 * 1024 ** 2, "155 MB"],
  [1023 * 1024 ** 2, "1\u2009023 MB"],
  [1024 ** 3, "1.0 GB"],
  [2 ** 60, "1\u2009024 PB"],
  [-4.2 * 1024 ** 2, "\u22124.2 MB"],
])("%d bytes read %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test("a size that rounds up to 1024 of a unit is said in the next unit", () => {
  expect(formatBytes(1024 ** 2 - 1)).toBe("1.0 MB");
});

test("below the largest unit no size reads 1 024 or more of its unit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (bytes) => {
      const number = Number(formatBytes(bytes).split(" ")[0]?.replaceAll("\u2009", ""));
      return number < 1024;
    }),
  );
});

test("a rate is a size per second", () => {
  expect(formatRate(2.1 * 1024 ** 2)).toBe("2.1 MB/s");
});
