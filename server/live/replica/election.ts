import "server-only";
import { log } from "@/server/log";
import type { Database } from "@/server/store/database";
import { type Hold, hold } from "@/server/store/hold";

/** So long at most nobody collects after a collecting console was killed. */
export const COLLECTOR_LEASE_MS = 4_000;
const TRY_EVERY_MS = 1_000;

export type Campaign = {
  /** Tries at once: somebody has given the lease back. */
  now: () => void;
  /** Gives the lease back. false: it was not held. */
  stop: () => Promise<boolean>;
};

/**
 * Tries for as long as the process lives to be the one that holds the lease. `won` is called when it does, `lost` when it does no
 * longer, in any case before another can.
 */
export function campaign(
  database: () => Promise<Database>,
  name: string,
  holder: string,
  { won, lost }: { won: (hold: Hold) => Promise<void>; lost: () => void },
): Campaign {
  let current: Hold | null = null;
  let timer: NodeJS.Timeout | undefined;
  let trying: Promise<void> | null = null;
  let isAway = false;
  let isStopped = false;

  function later(): void {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(attempt, TRY_EVERY_MS).unref();
  }

  function onLost(): void {
    current = null;
    lost();
    later();
  }

  function attempt(): void {
    if (current || isStopped) return;
    trying ??= attemptOnce().finally(() => {
      trying = null;
      if (!current) later();
    });
  }

  async function attemptOnce(): Promise<void> {
    try {
      const gained = await hold(await database(), name, holder, { forMs: COLLECTOR_LEASE_MS, onLost });
      if (gained && isStopped) await gained.release();
      else if (gained) {
        current = gained;
        await won(gained).catch(async (cause: unknown) => {
          // A lease whose holder does nothing with it keeps the others from it.
          current = null;
          await gained.release();
          throw cause;
        });
      }
      isAway = false;
    } catch (cause) {
      if (!isAway) log.warn("the collector's lease cannot be asked for", { cause, name });
      isAway = true;
    }
  }

  attempt();
  return {
    now: attempt,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      // What is under way is waited for: it may bring a lease that has to be given back.
      await trying;
      const held = current;
      current = null;
      if (!held) return false;
      lost();
      await held.release();
      return true;
    },
  };
}
