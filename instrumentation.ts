/** Next calls this once per server process, before the first request. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  if (process.env.NODE_ENV === "production") {
    // While developing, Next prints and ends by its own rules.
    const { takeOverConsole } = await import("./server/console-log");
    takeOverConsole();
    const { endOnSignals } = await import("./server/shutdown");
    endOnSignals();
  }
  const { start } = await import("./server/start");
  start(process.env.NODE_ENV === "development");
}
