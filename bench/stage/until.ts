import { setTimeout as wait } from "node:timers/promises";

/** Asks until there is an answer; how long that took, in milliseconds, and the answer. */
export async function until<T>(what: string, ask: () => Promise<T | null>, { limitMs = 60_000, stepMs = 20 } = {}) {
  const began = performance.now();
  for (;;) {
    const answer = await ask();
    const tookMs = performance.now() - began;
    if (answer !== null) return { tookMs, answer };
    if (tookMs > limitMs) throw new Error(`${what} did not come within ${limitMs / 1_000} s`);
    await wait(stepMs);
  }
}
