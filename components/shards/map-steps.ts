import type { Cell } from "./map-geometry";

/** Where an arrow, Home or End leads on the canvas; undefined: the key is not for walking, or there is nothing to walk on. */
export function stepTo(
  key: string,
  at: Cell | undefined,
  counts: readonly number[],
  columns: number,
): Cell | undefined {
  const ways: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const by = ways[key];
  if (by === undefined && key !== "Home" && key !== "End") return undefined;
  const filled = counts.flatMap((count, band) => (count > 0 ? [band] : []));
  const [first] = filled;
  if (first === undefined) return undefined;
  if (!at || (counts[at.band] ?? 0) === 0) return { band: first, index: 0 };
  if (by === undefined) return { band: at.band, index: key === "Home" ? 0 : (counts[at.band] ?? 1) - 1 };
  const index = at.index + by;
  if (index >= 0 && index < (counts[at.band] ?? 0)) return { band: at.band, index };
  const band = filled[filled.indexOf(at.band) + Math.sign(by)];
  if (band === undefined) return at;
  const last = (counts[band] ?? 1) - 1;
  if (Math.abs(by) === 1) return { band, index: by > 0 ? 0 : last };
  const column = at.index % columns;
  return { band, index: by > 0 ? Math.min(column, last) : lowestIn(column, columns, last) };
}

/** The lowest place of a band in that column, or the last there is. */
function lowestIn(column: number, columns: number, last: number): number {
  const place = last - (last % columns) + column;
  return place <= last ? place : Math.max(Math.min(column, last), place - columns);
}
