import type { ScaleSeed } from "../types.ts";

/** A table of a layout at scale. Tables of one `group` are colocated, so they have the same number of shards. */
export type ScaleTable = { name: string; shardCount: number; group: number };

const TABLES = 790;
/** How many tables share a colocation group where some do. */
const COLOCATED = 10;

/**
 * Which tables there are: all with the same number of shards but the last, which takes what is left over and stands alone.
 * `mixed`: half of them colocated by tens, the others each for itself.
 */
export function planTables({ shards, tables = TABLES, shape = "mixed" }: ScaleSeed): ScaleTable[] {
  const count = Math.min(tables, shards);
  const usual = Math.floor(shards / count);
  return Array.from({ length: count }, (_, index) => ({
    name: `t${String(index + 1).padStart(4, "0")}`,
    shardCount: index < count - 1 ? usual : shards - usual * (count - 1),
    group: index < count - 1 ? groupOf(index, count, shape) : count,
  }));
}

function groupOf(index: number, count: number, shape: NonNullable<ScaleSeed["shape"]>): number {
  if (shape === "together") return 0;
  if (shape === "alone" || index >= count / 2) return index;
  return Math.floor(index / COLOCATED);
}
