type Key = string | number;

/**
 * Rows in the order they had when they were held: values are the newest, places are the old. What has gone stays away and
 * what is new waits at the end, so nothing moves under a pointer that is about to click.
 */
export function heldOrder<Row>(rows: readonly Row[], keyOf: (row: Row) => Key, order: readonly Key[]): Row[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  const known = order.flatMap((key) => {
    const row = byKey.get(key);
    byKey.delete(key);
    return row === undefined ? [] : [row];
  });
  return [...known, ...byKey.values()];
}

/** How many rows came, went, or stand elsewhere than in the order that is held. */
export function changesSince(keys: readonly Key[], order: readonly Key[]): number {
  const before = new Set(order);
  const now = new Set(keys);
  const came = keys.filter((key) => !before.has(key)).length;
  const went = order.filter((key) => !now.has(key)).length;
  const stayedBefore = order.filter((key) => now.has(key));
  const moved = keys.filter((key) => before.has(key)).filter((key, position) => key !== stayedBefore[position]).length;
  return came + went + moved;
}
