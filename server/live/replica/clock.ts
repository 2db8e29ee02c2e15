import "server-only";

/** The state's clock as this process knows it: what it said last, and what has passed here since by a clock that never jumps. */
export type SharedClock = { set: (stateNow: number) => void; now: () => number };

export function sharedClock(monotonic: () => number = () => performance.now()): SharedClock {
  let offset: number | null = null;
  return {
    set(stateNow) {
      offset = stateNow - monotonic();
    },
    now: () => (offset === null ? Date.now() : offset + monotonic()),
  };
}
