/** How blocks are drawn: large while they are few, small so that many rows stay in view. */
export type BlockScale = { widest: number; height: number };

const NARROWEST = 9;
/** Room for a name of three digits. */
const NAMED = 22;
const GAP = 3;
const CELL_PADDING = 20;
/** Whether a text in the block's 11 px mono type fits into its width. */
export function fits(text: string, width: number): boolean {
  return text.length * 6.6 + 2 <= width;
}
/** Above this many blocks the map is one canvas. */
export const MOST_BLOCKS = 2_000;

const LARGE: BlockScale = { widest: 52, height: 60 };
const SMALL: BlockScale = { widest: 30, height: 24 };
/** The narrowest large blocks: below it lines wrap instead. */
const LEAST_WIDEST = 40;

/** Small where there are many; else as large as lets each node's blocks stand in one line, if they can. */
export function scaleFor(
  map: { blocks: number; rows: number },
  wantedAt: (scale: BlockScale) => number,
  available: number,
): BlockScale {
  if (map.blocks > 600 || map.rows > 8) return SMALL;
  for (let widest = LARGE.widest; widest >= LEAST_WIDEST; widest -= 2) {
    const scale = { ...LARGE, widest };
    if (wantedAt(scale) <= available) return scale;
  }
  return available > 0 ? { ...LARGE, widest: LEAST_WIDEST } : LARGE;
}

/**
 * The area is what the eye compares, so the width grows with the root of the size. An unknown size is of middling width.
 * What is nearly wide enough for its name gets the room: of two blocks alike, one without a name looks like a mistake.
 */
export function blockWidth(bytes: number | null, largest: number, { widest, height }: BlockScale): number {
  if (bytes === null || largest <= 0) return Math.round(widest * 0.6);
  const width = Math.max(NARROWEST, Math.round(Math.sqrt(bytes / largest) * widest));
  return height === LARGE.height && width > 14 ? Math.max(NAMED, width) : width;
}

/** What a cell of these blocks would like to be wide, so that they stand in one line. */
export function cellWidth(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width + GAP, CELL_PADDING);
}

/** The least that a column's head needs. */
export const NARROWEST_COLUMN = 92;

/** As a track of a CSS grid: what its blocks want beside the others, and never less than lets some of them stand side by side. */
export function trackFor(wanted: number): string {
  return `minmax(${Math.min(wanted, 180)}px, ${wanted}fr)`;
}
