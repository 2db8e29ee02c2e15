import fc from "fast-check";
import { expect, test } from "vitest";
import { afterGuess, GUESS_LIMITS, GUESSES_FORGOTTEN_AFTER_MS, type Guesses, waitOf } from "./guess-limit";

const { account } = GUESS_LIMITS;
const NOW = 1_800_000_000_000;

function afterMany(count: number): Guesses {
  let known: Guesses | null = null;
  for (let guess = 0; guess < count; guess += 1) known = afterGuess(known, account, NOW);
  return known ?? { failures: 0, lastAt: 0, blockedUntil: 0 };
}

test("four mistakes cost nothing; from the fifth on each doubles the wait, up to two minutes", () => {
  const waits = [1, 4, 5, 6, 7, 11, 12, 13, 500].map((count) => waitOf(afterMany(count), account, NOW));
  expect(waits).toEqual([0, 0, 1_000, 2_000, 4_000, 64_000, 120_000, 120_000, 120_000]);
});

test("after an hour without a mistake the count begins anew", () => {
  const later = afterGuess(afterMany(50), account, NOW + GUESSES_FORGOTTEN_AFTER_MS + 1);
  expect(later.failures).toBe(1);
  expect(waitOf(later, account, later.lastAt)).toBe(0);
});

test("F21: however the clock jumps, nobody waits longer than the longest wait", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 60 }), (jump, count) => {
      const wait = waitOf(afterMany(count), account, NOW + jump);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(account.longestWaitMs);
    }),
  );
});
