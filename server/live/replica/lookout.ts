import "server-only";

/** Repeats something: now and then by itself, at once when told, once at a time; what comes meanwhile causes one more. */
export type Lookout = { now: () => Promise<void>; stop: () => void };

export function createLookout(look: () => Promise<void>, everyMs: number): Lookout {
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let isDue = false;
  let isStopped = false;

  function now(): Promise<void> {
    if (isStopped) return Promise.resolve();
    clearTimeout(timer);
    if (looking) isDue = true;
    looking ??= look().finally(() => {
      looking = null;
      if (isStopped) return;
      const isDueNow = isDue;
      isDue = false;
      if (isDueNow) void now();
      else timer = setTimeout(now, everyMs).unref();
    });
    return looking;
  }

  return {
    now,
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
