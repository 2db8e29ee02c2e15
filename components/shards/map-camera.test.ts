import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMapPlace, writeMapPlace } from "@/lib/domain/map-place";
import { type Camera, panned, revealing, type Scene, sightOf, WIDEST_CELL, zoomed } from "./map-camera";
import { type Cell, cellRect, contentOf, fitGrid, nearestCell } from "./map-geometry";

const ALL: Camera = { zoom: null, at: null };

/** Bands whose groups are numbered 1000 per band. */
function sceneOf(counts: readonly number[], room: { width: number; height: number }, ratio: number): Scene {
  return {
    fit: fitGrid(counts, room, ratio),
    room,
    ratio,
    bands: {
      counts,
      placeOf: ({ band, index }: Cell) => ({ nodeGroupId: band, groupId: band * 100_000 + index }),
      cellOf: ({ nodeGroupId, groupId }) => ({ band: nodeGroupId, index: groupId - nodeGroupId * 100_000 }),
    },
  };
}

const someScene = fc
  .record({
    counts: fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 30 }),
    room: fc.record({ width: fc.integer({ min: 100, max: 2_000 }), height: fc.integer({ min: 100, max: 900 }) }),
    ratio: fc.constantFrom(1, 1.5, 2),
  })
  .map(({ counts, room, ratio }) => sceneOf(counts, room, ratio));
const somePoint = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});
const someFactors = fc.array(fc.double({ min: 0.3, max: 4, noNaN: true }), { minLength: 1, maxLength: 6 });

function after(scene: Scene, factors: readonly number[], at: { x: number; y: number }): Camera {
  const point = { x: at.x * scene.room.width, y: at.y * scene.room.height };
  return factors.reduce((camera, factor) => zoomed(camera, scene, factor, point), ALL);
}

test("what is looked at is never beyond the ends, however one comes there", () => {
  fc.assert(
    fc.property(
      someScene,
      someFactors,
      somePoint,
      fc.integer({ min: -9_000, max: 9_000 }),
      (scene, factors, at, by) => {
        const camera = panned(after(scene, factors, at), scene, by, -by);
        const { grid, x, y } = sightOf(camera, scene);
        const content = contentOf(grid);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(Math.max(0, content.width - scene.room.width));
        expect(y).toBeLessThanOrEqual(Math.max(0, content.height - scene.room.height));
        expect(camera.zoom ?? 1).toBeLessThanOrEqual(WIDEST_CELL);
      },
    ),
  );
});

test("the cell under the pointer stays under it while one comes nearer", () => {
  fc.assert(
    fc.property(someScene, fc.double({ min: 1.2, max: 4, noNaN: true }), somePoint, (scene, factor, at) => {
      const point = { x: Math.floor(at.x * scene.room.width), y: Math.floor(at.y * scene.room.height) };
      const before = sightOf(ALL, scene);
      const cell = nearestCell(before.grid, scene.bands.counts, before.x + point.x, before.y + point.y);
      const camera = zoomed(ALL, scene, factor, point);
      const sight = sightOf(camera, scene);
      const content = contentOf(sight.grid);
      const isHeld =
        sight.x === 0 ||
        sight.y === 0 ||
        sight.x === content.width - scene.room.width ||
        sight.y === content.height - scene.room.height;
      if (isHeld || !cell) return; // at an end the picture gives way
      const rect = cellRect(sight.grid, cell);
      const old = cellRect(before.grid, cell);
      const within = (point.x + before.x - old.x) / old.width;
      expect(Math.abs(sight.x + point.x - (rect.x + within * rect.width))).toBeLessThanOrEqual(1);
    }),
  );
});

describe("a link", () => {
  test("shows the very same in a window of the same size", () => {
    fc.assert(
      fc.property(someScene, someFactors, somePoint, (scene, factors, at) => {
        const camera = after(scene, factors, at);
        expect(sightOf({ ...camera }, scene)).toEqual(sightOf(camera, scene));
        const place = camera.at && readMapPlace(writeMapPlace(camera.at));
        expect(place === null).toBe(camera.at === null);
        const linked = sightOf({ zoom: camera.zoom, at: place }, scene);
        expect(Math.abs(linked.x - sightOf(camera, scene).x)).toBeLessThanOrEqual(1);
        expect(Math.abs(linked.y - sightOf(camera, scene).y)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("shows the same group in the middle of a window of another size", () => {
    const counts = Array.from({ length: 12 }, () => 2_000);
    const here = sceneOf(counts, { width: 1_000, height: 420 }, 1);
    const camera: Camera = { zoom: 48, at: { nodeGroupId: 6, groupId: 600_777, dx: 0.5, dy: 0.5 } };
    for (const scene of [here, sceneOf(counts, { width: 1_500, height: 840 }, 2)]) {
      const { grid, x, y } = sightOf(camera, scene);
      const middle = nearestCell(grid, counts, x + scene.room.width / 2, y + scene.room.height / 2);
      expect(middle).toEqual({ band: 6, index: 777 });
    }
  });

  test("that names no place, or none that there is, shows all from the beginning", () => {
    expect([null, "", "1:2", "a:b:c:d", "1:2:Infinity:0"].map(readMapPlace)).toEqual([null, null, null, null, null]);
    const scene = sceneOf([10, 10], { width: 400, height: 300 }, 1);
    expect(sightOf(ALL, scene)).toEqual({ grid: scene.fit, x: 0, y: 0 });
  });
});

test("a cell that is out of sight is brought in, one that is seen moves nothing", () => {
  fc.assert(
    fc.property(someScene, someFactors, somePoint, fc.nat(), (scene, factors, at, any) => {
      const camera = after(scene, factors, at);
      const band = any % scene.bands.counts.length;
      const cell = { band, index: any % (scene.bands.counts[band] ?? 1) };
      const shown = revealing(camera, scene, cell);
      const { grid, x, y } = sightOf(shown, scene);
      const rect = cellRect(grid, cell);
      const { width, height } = scene.room;
      if (rect.width > width || rect.height > height) return;
      expect(rect.x >= x && rect.x + rect.width <= x + width).toBe(true);
      expect(rect.y >= y && rect.y + rect.height <= y + height).toBe(true);
      expect(revealing(shown, scene, cell)).toBe(shown);
    }),
  );
});
