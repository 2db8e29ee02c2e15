import "server-only";

/**
 * One timer for many: what is added is called every `everyMs` in the same turn as all others, so that what they ask can be asked at
 * once. Returns how to leave; the timer ends with the last that left.
 */
export function sharedInterval(everyMs: number): (call: () => void) => () => void {
  const calls = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  return (call) => {
    calls.add(call);
    timer ??= setInterval(() => {
      for (const one of calls) one();
    }, everyMs);
    return () => {
      calls.delete(call);
      if (calls.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
}
