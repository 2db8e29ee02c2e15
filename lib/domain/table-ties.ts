type Tie = { one: number; other: number };

/** Every table that ties lead to from `start`, over any number of steps and in both directions; without `start`. */
export function connectedWith(start: number, ties: readonly Tie[]): number[] {
  const neighbours = new Map<number, number[]>();
  for (const { one, other } of ties) {
    neighbours.set(one, [...(neighbours.get(one) ?? []), other]);
    neighbours.set(other, [...(neighbours.get(other) ?? []), one]);
  }
  const seen = new Set([start]);
  for (const table of seen) for (const next of neighbours.get(table) ?? []) seen.add(next);
  seen.delete(start);
  return [...seen];
}
