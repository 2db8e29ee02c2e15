/** One block on the map: a shard group on one node. */
export type Spot = { nodeGroupId: number; columnKey: string; groupId: number };

/**
 * Where a key leads from a block: sideways through the row, up and down to the block at the same place of the same
 * column, or to the nearest there is. undefined: the key is not for walking.
 */
export function walk(rows: readonly (readonly Spot[])[], from: Spot | undefined, key: string): Spot | undefined {
  const filled = rows.filter((row) => row.length > 0);
  const y = filled.findIndex((row) => row.some((spot) => isSame(spot, from)));
  const row = filled[y];
  if (!row) return /^Arrow|Home|End/.test(key) ? filled[0]?.[0] : undefined;
  const x = row.findIndex((spot) => isSame(spot, from));
  switch (key) {
    case "ArrowLeft":
      return row[Math.max(0, x - 1)];
    case "ArrowRight":
      return row[Math.min(row.length - 1, x + 1)];
    case "ArrowUp":
      return nearest(filled[y - 1] ?? row, row, x);
    case "ArrowDown":
      return nearest(filled[y + 1] ?? row, row, x);
    case "Home":
      return row[0];
    case "End":
      return row.at(-1);
    case "PageUp":
      return nearest(filled[0] ?? row, row, x);
    case "PageDown":
      return nearest(filled.at(-1) ?? row, row, x);
    default:
      return undefined;
  }
}

function isSame(a: Spot, b: Spot | undefined): boolean {
  return a.nodeGroupId === b?.nodeGroupId && a.groupId === b.groupId;
}

function nearest(target: readonly Spot[], row: readonly Spot[], x: number): Spot | undefined {
  if (target === row) return row[x];
  const column = row[x]?.columnKey;
  const place = row.slice(0, x).filter((spot) => spot.columnKey === column).length;
  const inColumn = target.filter((spot) => spot.columnKey === column);
  if (inColumn.length > 0) return inColumn[Math.min(place, inColumn.length - 1)];
  return target[Math.min(x, target.length - 1)];
}
