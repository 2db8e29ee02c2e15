import "server-only";

/** Lets so many run at once; the next wait in line, and who finds the line full is refused. */
export function createGate(atOnce: number, longestLine: number, refusal: () => Error) {
  let running = 0;
  const line: (() => void)[] = [];
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce) {
      if (line.length >= longestLine) throw refusal();
      await new Promise<void>((go) => line.push(go));
    } else running += 1;
    try {
      return await work();
    } finally {
      // The place goes to the next in line without ever being free, so that nobody slips in between.
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
