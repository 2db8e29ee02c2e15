import type { MapPlace } from "@/lib/domain/map-place";
import {
  bandStep,
  between,
  type Cell,
  cellRect,
  contentOf,
  type Extent,
  grown,
  type MapGrid,
  nearestCell,
} from "./map-geometry";

/** What is looked at: how wide a cell is in CSS pixels, and what stands in the middle. null: everything, from its beginning. */
export type Camera = { zoom: number | null; at: MapPlace | null };

/** What the camera sees: the layout as large as it is drawn, and the device pixel of the content in the upper left corner. */
export type Sight = { grid: MapGrid; x: number; y: number };

/** The bands as the camera knows them: which node each is, and where a shard group stands in it. */
export type BandsLike = {
  counts: readonly number[];
  placeOf: (cell: Cell) => Pick<MapPlace, "nodeGroupId" | "groupId"> | undefined;
  cellOf: (place: Pick<MapPlace, "nodeGroupId" | "groupId">) => Cell | undefined;
};

/** What is drawn, and where. */
export type Scene = { fit: MapGrid; room: Extent; ratio: number; bands: BandsLike };

/** The widest cells, in CSS pixels: an id and a size stand in them with room to spare. */
export const WIDEST_CELL = 96;
/** One press of + or −. */
export const ZOOM_STEP = 1.5;

export function sightOf(camera: Camera, scene: Scene): Sight {
  const grid = camera.zoom === null ? scene.fit : grown(scene.fit, camera.zoom * scene.ratio);
  const cell = camera.at && scene.bands.cellOf(camera.at);
  if (!camera.at || !cell) return { grid, x: 0, y: 0 };
  const rect = cellRect(grid, cell);
  const middle = { x: rect.x + camera.at.dx * rect.width, y: rect.y + camera.at.dy * rect.height };
  return held({ grid, x: middle.x - scene.room.width / 2, y: middle.y - scene.room.height / 2 }, scene.room);
}

/** Moved by so many device pixels, as far as there is something to see. */
export function panned(camera: Camera, scene: Scene, dx: number, dy: number): Camera {
  const { grid, x, y } = sightOf(camera, scene);
  return cameraFor(camera.zoom, held({ grid, x: x + dx, y: y + dy }, scene.room), scene);
}

/** Larger or smaller; what lies under the point, in device pixels of the canvas, stays there. At the least it is all of it. */
export function zoomed(camera: Camera, scene: Scene, factor: number, point = middleOf(scene.room)): Camera {
  const before = sightOf(camera, scene);
  const least = scene.fit.cellWidth / scene.ratio;
  const zoom = between(0, (camera.zoom ?? least) * factor, Math.max(WIDEST_CELL, least));
  const content = { x: before.x + point.x, y: before.y + point.y };
  const cell = nearestCell(before.grid, scene.bands.counts, content.x, content.y);
  if (zoom <= least || !cell) return { zoom: null, at: null };
  const from = cellRect(before.grid, cell);
  const grid = grown(scene.fit, zoom * scene.ratio);
  const to = cellRect(grid, cell);
  const x = to.x + ((content.x - from.x) / from.width) * to.width - point.x;
  const y = to.y + ((content.y - from.y) / from.height) * to.height - point.y;
  return cameraFor(zoom, held({ grid, x, y }, scene.room), scene);
}

/** Moved no more than is needed for the cell to be seen. */
export function revealing(camera: Camera, scene: Scene, cell: Cell): Camera {
  const { grid, x, y } = sightOf(camera, scene);
  const rect = cellRect(grid, cell);
  const dx = shortest(rect.x - x, rect.width, scene.room.width);
  const dy = shortest(rect.y - y, rect.height, scene.room.height);
  return dx === 0 && dy === 0 ? camera : panned(camera, scene, dx, dy);
}

/** The bands that are seen, the first and the one after the last. */
export function bandsSeen({ grid, y }: Sight, room: Extent): [number, number] {
  const step = bandStep(grid);
  return [Math.max(0, Math.floor(y / step)), Math.min(grid.bands, Math.ceil((y + room.height) / step))];
}

function cameraFor(zoom: number | null, sight: Sight, scene: Scene): Camera {
  const middle = { x: sight.x + scene.room.width / 2, y: sight.y + scene.room.height / 2 };
  const cell = nearestCell(sight.grid, scene.bands.counts, middle.x, middle.y);
  const place = cell && scene.bands.placeOf(cell);
  if (!cell || !place) return { zoom, at: null };
  const rect = cellRect(sight.grid, cell);
  return { zoom, at: { ...place, dx: (middle.x - rect.x) / rect.width, dy: (middle.y - rect.y) / rect.height } };
}

/** Whole pixels, and never beyond the ends. */
function held({ grid, x, y }: Sight, room: Extent): Sight {
  const content = contentOf(grid);
  return {
    grid,
    x: between(0, Math.round(x), Math.max(0, content.width - room.width)),
    y: between(0, Math.round(y), Math.max(0, content.height - room.height)),
  };
}

function middleOf(room: Extent): { x: number; y: number } {
  return { x: room.width / 2, y: room.height / 2 };
}

function shortest(start: number, length: number, room: number): number {
  if (start < 0) return start;
  return start + length > room ? start + length - room : 0;
}
