/** Pixels of the device, or what there is room for in them. */
export type Extent = { width: number; height: number };

/**
 * How the cells of the map lie, in device pixels: a band per node, each `columns` wide and as many lines high as the longest
 * needs, with a gap below. Whole numbers throughout, so that every cell is as sharp as the screen can be.
 */
export type MapGrid = {
  bands: number;
  columns: number;
  lines: number;
  cellWidth: number;
  cellHeight: number;
  /** Below each band. */
  gap: number;
};

/** A cell by its band and its place in the band. */
export type Cell = { band: number; index: number };
export type Rect = { x: number; y: number; width: number; height: number };

/** The largest cells at rest, in CSS pixels: beyond it a map of few groups would be a map of nothing. */
const LARGEST_AT_REST = 14;
/** At rest a cell may be this much higher, or wider, than the other way. */
const HIGHEST = 3;
const WIDEST = 1.5;

/** The layout with the largest cells with which all bands of these lengths fit; with cells of one pixel where none fits. */
export function fitGrid(counts: readonly number[], room: Extent, ratio: number): MapGrid {
  const most = counts.reduce((longest, count) => Math.max(longest, count), 1);
  const bands = Math.max(1, counts.length);
  const largest = Math.round(LARGEST_AT_REST * ratio);
  let best: MapGrid | undefined;
  for (let wanted = 1; wanted * bands <= room.height && wanted <= most; wanted += 1) {
    const high = highest(bands, wanted, room.height, largest);
    const cellWidth = Math.min(Math.floor(room.width / Math.ceil(most / wanted)), Math.floor(high * WIDEST), largest);
    if (cellWidth < 1) continue;
    const cellHeight = Math.min(high, cellWidth * HIGHEST);
    if (best && best.cellWidth * best.cellHeight >= cellWidth * cellHeight) continue;
    best = { ...shapeFor(most, room.width, cellWidth), bands, cellWidth, cellHeight, gap: gapBelow(cellHeight) };
  }
  return best ?? { ...shapeFor(most, room.width, 1), bands, cellWidth: 1, cellHeight: 1, gap: 1 };
}

/** The same layout with cells at least so wide; they grow into squares. */
export function grown(fit: MapGrid, cellWidth: number): MapGrid {
  const width = Math.max(fit.cellWidth, Math.round(cellWidth));
  const height = Math.max(fit.cellHeight, width);
  return { ...fit, cellWidth: width, cellHeight: height, gap: gapBelow(height) };
}

/** From the top of one band to the top of the next. */
export function bandStep(grid: MapGrid): number {
  return grid.lines * grid.cellHeight + grid.gap;
}

/** Everything, from the first cell to the end of the last band. */
export function contentOf(grid: MapGrid): Extent {
  return { width: grid.columns * grid.cellWidth, height: grid.bands * bandStep(grid) - grid.gap };
}

/** Where a cell lies in the content. */
export function cellRect(grid: MapGrid, { band, index }: Cell): Rect {
  const line = Math.floor(index / grid.columns);
  return {
    x: (index - line * grid.columns) * grid.cellWidth,
    y: band * bandStep(grid) + line * grid.cellHeight,
    width: grid.cellWidth,
    height: grid.cellHeight,
  };
}

/** Which cell lies under a point of the content; undefined between bands and behind their ends. */
export function cellAt(grid: MapGrid, counts: readonly number[], x: number, y: number): Cell | undefined {
  const band = Math.floor(y / bandStep(grid));
  const line = Math.floor((y - band * bandStep(grid)) / grid.cellHeight);
  const column = Math.floor(x / grid.cellWidth);
  if (column < 0 || column >= grid.columns || line < 0 || line >= grid.lines) return undefined;
  const index = line * grid.columns + column;
  return index < (counts[band] ?? 0) ? { band, index } : undefined;
}

/** The cell that is there, or the next one to it of a band that has any. undefined: there are none. */
export function nearestCell(grid: MapGrid, counts: readonly number[], x: number, y: number): Cell | undefined {
  const aimed = Math.floor(y / bandStep(grid));
  let band = -1;
  counts.forEach((count, position) => {
    if (count > 0 && (band < 0 || Math.abs(position - aimed) < Math.abs(band - aimed))) band = position;
  });
  const count = counts[band];
  if (count === undefined) return undefined;
  const line = Math.floor((y - band * bandStep(grid)) / grid.cellHeight);
  const column = Math.floor(x / grid.cellWidth);
  const index = between(0, line, grid.lines - 1) * grid.columns + between(0, column, grid.columns - 1);
  return { band, index: Math.min(index, count - 1) };
}

export function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function shapeFor(most: number, width: number, cellWidth: number): { columns: number; lines: number } {
  const columns = Math.max(1, Math.min(most, Math.floor(width / cellWidth)));
  return { columns, lines: Math.ceil(most / columns) };
}

/** The highest cells with which the bands fit below each other; 0 where none do. */
function highest(bands: number, lines: number, height: number, largest: number): number {
  let high = Math.min(largest, Math.floor(height / (bands * lines)));
  while (high > 0 && bands * (lines * high + gapBelow(high)) > height) high -= 1;
  return high;
}

function gapBelow(cellHeight: number): number {
  return Math.max(1, Math.round(cellHeight / 4));
}
