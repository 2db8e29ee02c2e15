/** A colour as the canvas wants it. */
export type Rgb = readonly [number, number, number];

/** One band of the picture: a node's groups, in the order of the columns. `colours` has one entry per group. */
export type Band = { colours: readonly Rgb[] };

/** How the cells of all bands are laid out: every band is `columns` wide and has as many lines as the longest needs. */
export type PixelGrid = { columns: number; lines: number; cell: number };

const LARGEST_CELL = 14;
const GAP_LINES = 1;

/** The largest cells with which every band fits into the width and all together into the height; at least one pixel each. */
export function pixelGrid(counts: readonly number[], width: number, height: number): PixelGrid {
  const most = Math.max(1, ...counts);
  const bands = Math.max(1, counts.length);
  for (let cell = LARGEST_CELL; cell > 1; cell -= 1) {
    const columns = Math.max(1, Math.floor(width / cell));
    const lines = Math.ceil(most / columns);
    if (bands * (lines + GAP_LINES) * cell <= height) return { columns, lines, cell };
  }
  const columns = Math.max(1, Math.floor(width));
  return { columns, lines: Math.ceil(most / columns), cell: 1 };
}

/** Lines from the top of one band to the top of the next. */
export function bandLines(grid: PixelGrid): number {
  return grid.lines + GAP_LINES;
}

/** The picture with one pixel per group; the page scales it up by `grid.cell`. Outside the bands it stays clear. */
export function paint(
  bands: readonly Band[],
  grid: PixelGrid,
): { width: number; height: number; data: Uint8ClampedArray<ArrayBuffer> } {
  const height = Math.max(1, bands.length * bandLines(grid) - GAP_LINES);
  const data = new Uint8ClampedArray(grid.columns * height * 4);
  bands.forEach((band, position) => {
    const start = position * bandLines(grid) * grid.columns;
    band.colours.forEach(([red, green, blue], index) => {
      data.set([red, green, blue, 255], (start + index) * 4);
    });
  });
  return { width: grid.columns, height, data };
}

/** Which group lies under a point of the picture, counted in cells; undefined between bands and behind their ends. */
export function hit(
  counts: readonly number[],
  grid: PixelGrid,
  column: number,
  line: number,
): { band: number; index: number } | undefined {
  const band = Math.floor(line / bandLines(grid));
  const within = line - band * bandLines(grid);
  if (column < 0 || column >= grid.columns || line < 0 || within >= grid.lines) return undefined;
  const index = within * grid.columns + column;
  return index < (counts[band] ?? 0) ? { band, index } : undefined;
}
