import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until the answer is true. `what` completes "… did not happen within N s". */
export async function waitUntil(what: string, answer: () => boolean | Promise<boolean>, limitMs = 30_000, stepMs = 10) {
  const end = Date.now() + limitMs;
  while (!(await answer())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${limitMs / 1000} s`);
    await sleep(stepMs);
  }
}
