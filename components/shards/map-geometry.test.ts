import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bandStep, type Cell, cellAt, cellRect, contentOf, fitGrid, grown, nearestCell } from "./map-geometry";

const someCounts = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 1, maxLength: 40 });
const someRoom = fc.record({ width: fc.integer({ min: 40, max: 3_000 }), height: fc.integer({ min: 40, max: 1_300 }) });
const someRatio = fc.constantFrom(1, 1.25, 1.5, 2, 3);
const someLayout = fc.record({ counts: someCounts, room: someRoom, ratio: someRatio });

/** One of the cells, by any number; undefined where there are none. */
function anyOf(counts: readonly number[], any: number): Cell | undefined {
  const filled = counts.flatMap((count, band) => (count > 0 ? [band] : []));
  const band = filled[any % Math.max(1, filled.length)];
  return band === undefined ? undefined : { band, index: any % (counts[band] ?? 1) };
}

describe("at rest", () => {
  test("every band has room for its cells, and where cells are larger than a pixel all of it is seen at once", () => {
    fc.assert(
      fc.property(someLayout, ({ counts, room, ratio }) => {
        const grid = fitGrid(counts, room, ratio);
        const content = contentOf(grid);
        expect(grid.columns * grid.lines).toBeGreaterThanOrEqual(Math.max(...counts));
        expect(content.width).toBeLessThanOrEqual(room.width);
        if (grid.cellWidth * grid.cellHeight > 1) expect(content.height).toBeLessThanOrEqual(room.height);
      }),
    );
  });

  test("a hundred nodes of a thousand groups are seen at once in an ordinary window", () => {
    const counts = Array.from({ length: 100 }, () => 1_013);
    const grid = fitGrid(counts, { width: 1_080, height: 420 }, 1);
    expect(contentOf(grid).height).toBeLessThanOrEqual(420);
    expect(grid.cellWidth * grid.cellHeight).toBeGreaterThan(2);
  });
});

test("whatever pixel of a cell is pointed at, at any zoom and on any screen: it is that cell", () => {
  const anywhere = fc.record({
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(someLayout, fc.nat(), fc.integer({ min: 1, max: 200 }), anywhere, (layout, any, width, within) => {
      const { counts, room, ratio } = layout;
      const cell = anyOf(counts, any);
      if (!cell) return;
      for (const grid of [fitGrid(counts, room, ratio), grown(fitGrid(counts, room, ratio), width)]) {
        const rect = cellRect(grid, cell);
        const x = rect.x + Math.min(rect.width - 1, Math.floor(within.x * rect.width));
        const y = rect.y + Math.min(rect.height - 1, Math.floor(within.y * rect.height));
        expect(cellAt(grid, counts, x, y)).toEqual(cell);
        expect(nearestCell(grid, counts, x, y)).toEqual(cell);
      }
    }),
  );
});

test("no two cells share a pixel, and all of them are whole pixels", () => {
  fc.assert(
    fc.property(someLayout, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 200 }), (layout, one, other, width) => {
      const { counts, room, ratio } = layout;
      const [a, b] = [anyOf(counts, one), anyOf(counts, other)];
      if (!a || !b) return;
      const grid = grown(fitGrid(counts, room, ratio), width);
      const [left, right] = [cellRect(grid, a), cellRect(grid, b)];
      for (const value of Object.values(left)) expect(Number.isInteger(value)).toBe(true);
      const apart =
        left.x + left.width <= right.x ||
        right.x + right.width <= left.x ||
        left.y + left.height <= right.y ||
        right.y + right.height <= left.y;
      expect(apart).toBe(a.band !== b.band || a.index !== b.index);
    }),
  );
});

test("between bands, behind the end of one and outside of all there is nothing; the nearest is found all the same", () => {
  const grid = { bands: 2, columns: 4, lines: 2, cellWidth: 3, cellHeight: 5, gap: 2 };
  const counts = [6, 8];
  expect(cellAt(grid, counts, 3 * 3, 5)).toBeUndefined();
  expect(cellAt(grid, counts, 0, 10)).toBeUndefined();
  expect(cellAt(grid, counts, 4 * 3, 0)).toBeUndefined();
  expect(cellAt(grid, counts, -1, 0)).toBeUndefined();
  expect(cellAt(grid, counts, 0, bandStep(grid))).toEqual({ band: 1, index: 0 });
  expect(nearestCell(grid, counts, 100, 5)).toEqual({ band: 0, index: 5 });
  expect(nearestCell(grid, [0, 8], 0, 0)).toEqual({ band: 1, index: 0 });
  expect(nearestCell(grid, [0, 0], 0, 0)).toBeUndefined();
});
