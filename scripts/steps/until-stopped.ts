/**
 * Resolves when somebody presses Ctrl-C or the process is told to end. The signal often comes twice, from the terminal and from
 * npm: it stays handled, or the second one would end the process in the middle of its clean-up.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
