import fc from "fast-check";
import { expect, test } from "vitest";
import { bandLines, hit, paint, pixelGrid, type Rgb } from "./pixels";
import { parseHex } from "./use-palette";

const someCounts = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 8 });
const someWidth = fc.integer({ min: 50, max: 1_600 });

test("every band has room for all its groups, and cells are as large as the height allows", () => {
  fc.assert(
    fc.property(someCounts, someWidth, (counts, width) => {
      const grid = pixelGrid(counts, width, 420);
      expect(grid.columns * grid.lines).toBeGreaterThanOrEqual(Math.max(...counts));
      expect(grid.columns * grid.cell).toBeLessThanOrEqual(width);
      if (grid.cell > 1) expect(counts.length * bandLines(grid) * grid.cell).toBeLessThanOrEqual(420);
    }),
  );
});

test("pointing at the pixel of a group finds that group", () => {
  fc.assert(
    fc.property(someCounts, someWidth, fc.nat(), fc.nat(), (counts, width, anyBand, anyIndex) => {
      const band = anyBand % counts.length;
      const count = counts[band] ?? 0;
      if (count === 0) return;
      const index = anyIndex % count;
      const grid = pixelGrid(counts, width, 420);
      const line = band * bandLines(grid) + Math.floor(index / grid.columns);
      expect(hit(counts, grid, index % grid.columns, line)).toEqual({ band, index });
    }),
  );
});

test("between bands and behind the end of one there is nothing", () => {
  const grid = { columns: 4, lines: 2, cell: 3 };
  expect(hit([6, 8], grid, 3, 1)).toBeUndefined();
  expect(hit([6, 8], grid, 0, 2)).toBeUndefined();
  expect(hit([6, 8], grid, 4, 0)).toBeUndefined();
  expect(hit([6, 8], grid, 0, 3)).toEqual({ band: 1, index: 0 });
});

test("one pixel per group in its colour; what is no group stays clear", () => {
  const red: Rgb = [255, 0, 0];
  const image = paint([{ colours: [red, red, red] }, { colours: [[0, 0, 9]] }], { columns: 2, lines: 2, cell: 5 });
  expect([image.width, image.height]).toEqual([2, 5]);
  const pixel = (at: number) => [...image.data.slice(at * 4, at * 4 + 4)];
  expect([0, 2, 3, 6].map(pixel)).toEqual([
    [255, 0, 0, 255],
    [255, 0, 0, 255],
    [0, 0, 0, 0],
    [0, 0, 9, 255],
  ]);
});

test("a token that is no colour is grey", () => {
  expect(parseHex(" #2960a5")).toEqual([41, 96, 165]);
  expect(parseHex("")).toEqual([128, 128, 128]);
});
