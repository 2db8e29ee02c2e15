import { formatBytes } from "@/lib/format/bytes";
import { bandsSeen, type Sight } from "./map-camera";
import { heldIn, type MapCells } from "./map-cells";
import { bandStep, type Extent, type MapGrid } from "./map-geometry";
import { isDimmed, type Palette } from "./palette";

/** From this width, in CSS pixels, cells are blocks: each by itself, with a gap around it. */
const BLOCK_FROM = 8;
/** From this width there is room for the last digits of an id. */
const NAMED_FROM = 26;

/** What is painted: which cells, in which places of the palette, and as an image of one pixel each. */
export type Painting = { cells: MapCells; colours: readonly Uint8Array[]; palette: Palette; image: CanvasImageSource };

/** One pixel for each cell, all lines of all bands below each other without a gap. Behind the end of a band it stays clear. */
export function cellImage(
  colours: readonly Uint8Array[],
  { columns, lines }: Pick<MapGrid, "columns" | "lines">,
  { words }: Palette,
): { width: number; height: number; pixels: Uint32Array<ArrayBuffer> } {
  const pixels = new Uint32Array(columns * lines * Math.max(1, colours.length));
  colours.forEach((band, position) => {
    const start = position * lines * columns;
    for (let index = 0; index < band.length; index += 1) pixels[start + index] = words[band[index] ?? 0] ?? 0;
  });
  return { width: columns, height: lines * Math.max(1, colours.length), pixels };
}

/** Everything that is seen, from nothing. */
export function paintCells(
  context: CanvasRenderingContext2D,
  painting: Painting,
  sight: Sight,
  room: Extent,
  ratio: number,
): void {
  context.clearRect(0, 0, room.width, room.height);
  const [first, end] = bandsSeen(sight, room);
  const isBlocks = sight.grid.cellWidth >= BLOCK_FROM * ratio;
  for (let band = first; band < end; band += 1) {
    if (isBlocks) paintBlocks(context, painting, band, sight, room, ratio);
    else paintBand(context, painting, band, sight);
  }
}

/** Whole pixels scaled by whole numbers: what is drawn is as sharp as what is seen. */
function paintBand(context: CanvasRenderingContext2D, { image }: Painting, band: number, { grid, x, y }: Sight): void {
  context.imageSmoothingEnabled = false;
  const height = grid.lines * grid.cellHeight;
  const source = [0, band * grid.lines, grid.columns, grid.lines] as const;
  context.drawImage(image, ...source, -x, band * bandStep(grid) - y, grid.columns * grid.cellWidth, height);
}

function paintBlocks(
  context: CanvasRenderingContext2D,
  painting: Painting,
  band: number,
  { grid, x, y }: Sight,
  room: Extent,
  ratio: number,
): void {
  const colours = painting.colours[band];
  if (!colours) return;
  const top = band * bandStep(grid) - y;
  const { cellWidth, cellHeight } = grid;
  const inset = Math.max(1, Math.round(ratio));
  const lines = [
    Math.max(0, Math.floor(-top / cellHeight)),
    Math.min(grid.lines, Math.ceil((room.height - top) / cellHeight)),
  ];
  const columns = [Math.floor(x / cellWidth), Math.min(grid.columns, Math.ceil((x + room.width) / cellWidth))];
  for (let line = lines[0] ?? 0; line < (lines[1] ?? 0); line += 1) {
    for (let column = columns[0] ?? 0; column < (columns[1] ?? 0); column += 1) {
      const index = line * grid.columns + column;
      const place = colours[index];
      if (place === undefined) break;
      const [left, above] = [column * cellWidth - x, top + line * cellHeight];
      context.fillStyle = painting.palette.fills[place] ?? "";
      context.fillRect(left, above, cellWidth - inset, cellHeight - inset);
      if (cellWidth >= NAMED_FROM * ratio) {
        const middle = { x: left + (cellWidth - inset) / 2, y: above + (cellHeight - inset) / 2 };
        writeIn(context, painting, { band, index }, place, middle, (cellWidth - inset) / ratio, ratio);
      }
    }
  }
}

/** The id, as much of it as there is room for, and the size where that fits too. */
function writeIn(
  context: CanvasRenderingContext2D,
  { cells, palette }: Painting,
  { band, index }: { band: number; index: number },
  place: number,
  middle: { x: number; y: number },
  width: number,
  ratio: number,
): void {
  const found = cells.bands[band];
  const group = heldIn(cells, { band, index });
  if (!found || !group || isDimmed(place)) return;
  const bytes = group.bytesOn(found.node.groupId);
  const lines = wordsIn(group.id, bytes === null ? "—" : formatBytes(bytes), width);
  const lineHeight = 14 * ratio;
  const ink = palette.inks[place] ?? null;
  context.font = `500 ${11 * ratio}px ${fontOf(context.canvas)}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  lines.forEach((text, line) => {
    const at = middle.y + (line - (lines.length - 1) / 2) * lineHeight;
    if (ink === null) {
      const wide = context.measureText(text).width + 6 * ratio;
      context.fillStyle = palette.paper;
      context.fillRect(middle.x - wide / 2, at - lineHeight / 2, wide, lineHeight);
    }
    context.fillStyle = ink ?? palette.ink;
    context.fillText(text, middle.x, at);
  });
}

/** What fits into a block of this many CSS pixels. */
export function wordsIn(groupId: number, size: string, width: number): string[] {
  const fits = (text: string) => text.length * 6.6 + 4 <= width;
  const id = String(groupId);
  const name = fits(id) ? id : id.slice(-3);
  if (!fits(name)) return [];
  return fits(size) ? [name, size] : [name];
}

const fonts = new WeakMap<HTMLCanvasElement, string>();

/** The face that the style sheet gives the canvas: asked once, it does not change. */
function fontOf(canvas: HTMLCanvasElement): string {
  const known = fonts.get(canvas);
  if (known !== undefined) return known;
  const family = getComputedStyle(canvas).fontFamily;
  fonts.set(canvas, family);
  return family;
}
