import "server-only";

/** A topic that is read now and then: what one read costs, and how often it would be read if it were alone. */
export type Wish = { costMs: number; paceMs: number };

/**
 * The share of the time up to which each may go so that all together stay within `share`: those that want little get what they want,
 * and the dear ones have the rest in equal parts. Infinity: there is enough for all.
 */
export function fairLevel(wishes: readonly Wish[], share: number): number {
  const demands = wishes.map(({ costMs, paceMs }) => costMs / paceMs).toSorted((a, b) => a - b);
  let left = share;
  for (const [index, demand] of demands.entries()) {
    const level = left / (demands.length - index);
    if (demand > level) return level;
    left -= demand;
  }
  return Number.POSITIVE_INFINITY;
}

/** The pace at which a topic stays within its level. */
export function pacedWithin({ costMs, paceMs }: Wish, level: number): number {
  return Math.max(paceMs, costMs / level);
}
