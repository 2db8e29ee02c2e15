/** How often somebody was wrong about one subject (an account, an address), and until when nothing more is looked at. Epoch milliseconds. */
export type Guesses = { failures: number; lastAt: number; blockedUntil: number };

/** So many mistakes cost nothing; from then on each doubles the wait, up to the longest. */
export type GuessLimit = { free: number; firstWaitMs: number; longestWaitMs: number };

/** An account: a person mistypes now and then. An address: many people may share one. */
export const GUESS_LIMITS = {
  account: { free: 5, firstWaitMs: 1_000, longestWaitMs: 120_000 },
  address: { free: 20, firstWaitMs: 1_000, longestWaitMs: 120_000 },
} as const satisfies Record<string, GuessLimit>;

/** After this long without a mistake the count begins anew. */
export const GUESSES_FORGOTTEN_AFTER_MS = 60 * 60_000;

/** The count after one more guess, which is taken for wrong until it proves right: guesses that run at the same time all count. */
export function afterGuess(before: Guesses | null, limit: GuessLimit, now: number): Guesses {
  const isForgotten = before === null || now - before.lastAt > GUESSES_FORGOTTEN_AFTER_MS;
  const failures = (isForgotten ? 0 : before.failures) + 1;
  const over = failures - limit.free;
  const waitMs = over < 0 ? 0 : Math.min(limit.firstWaitMs * 2 ** Math.min(over, 30), limit.longestWaitMs);
  return { failures, lastAt: now, blockedUntil: now + waitMs };
}

/** How long nothing more is looked at; 0: now. A clock that was set back never makes it longer than the longest wait. */
export function waitOf(guesses: Guesses | null, limit: GuessLimit, now: number): number {
  return guesses === null ? 0 : Math.min(Math.max(guesses.blockedUntil - now, 0), limit.longestWaitMs);
}
