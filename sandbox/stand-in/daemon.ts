import { parseArgs } from "node:util";
import { tidyRegularly } from "./daemon/clean-up.ts";
import { PACES, type Pace } from "./daemon/pace.ts";
import { workOffQueue } from "./daemon/queue.ts";
import { openSession } from "./daemon/session.ts";

/** How long the coordinator may be away. A stopped node comes back within a test; a sandbox that was thrown away does not. */
const GIVE_UP_AFTER_MS = 5 * 60_000;
const RECONNECT_MS = 300;

/** What Citus' maintenance daemon does, as one process beside PostgreSQL: background tasks and deferred clean-up. */
async function main(): Promise<void> {
  const { url, pace } = readArguments();
  const stop = new AbortController();
  process.on("SIGTERM", () => stop.abort());
  process.on("SIGINT", () => stop.abort());
  // A pipe that somebody closed: the one who started us reads no more.
  process.stdout.on("error", () => stop.abort());

  let lastSeen = Date.now();
  let said = false;
  while (!stop.signal.aborted && Date.now() - lastSeen < GIVE_UP_AFTER_MS) {
    try {
      await using session = await openSession(url, "Citus Maintenance Daemon");
      await session.query("select citus_internal.reset_tasks()");
      if (!said) process.stdout.write("ready\n");
      said = true;
      lastSeen = Date.now();
      const untilLost = AbortSignal.any([stop.signal, session.lost]);
      await Promise.all([
        workOffQueue({ url, pace, session, signal: untilLost }),
        tidyRegularly(url, session, untilLost),
      ]);
      lastSeen = Date.now();
    } catch (cause) {
      if (!stop.signal.aborted && said) process.stderr.write(`lost the coordinator: ${String(cause)}\n`);
      else if (!said) process.stderr.write(`cannot start yet: ${String(cause)}\n`);
      await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
    }
  }
}

function readArguments(): { url: string; pace: Pace } {
  const { values } = parseArgs({ options: { url: { type: "string" }, pace: { type: "string", default: "demo" } } });
  const pace = values.pace === "test" || values.pace === "demo" ? PACES[values.pace] : undefined;
  if (!values.url || !pace) {
    process.stderr.write("usage: node sandbox/stand-in/daemon.ts --url postgres://… [--pace test|demo]\n");
    process.exit(2);
  }
  return { url: values.url, pace };
}

await main();
process.exit(0);
