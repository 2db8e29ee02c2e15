/** Each point over the ten seconds before it: a move copies in bursts, and between two moves nothing is copied. */
const OVER_MS = 10_000;

/** Bytes per second at each reading, from how much was copied by then. */
export function speedCurve(copied: readonly (readonly [number, number])[]): number[] {
  return copied.slice(1).map(([at, bytes], position) => {
    const from = copied.slice(0, position + 1).find(([before]) => before >= at - OVER_MS) ?? copied[position];
    const [since, had] = from ?? [at, bytes];
    return at > since ? Math.max(0, (bytes - had) / ((at - since) / 1000)) : 0;
  });
}
