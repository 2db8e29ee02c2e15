import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { stopTellingAudit } from "./audit/stdout";
import { stopWatchingAudit } from "./audit/watch";
import { beginEnding, isEnding } from "./ending";
import { consoleServer } from "./http/door";
import { stopCollectors } from "./live/collector";
import { openStreams } from "./live/streams";
import { log } from "./log";
import { stopMetrics } from "./metrics/metrics";
import { closePools } from "./pg/pools";
import { detachRuns } from "./runs/leave";
import { endInstance } from "./store/instance";
import { closeState } from "./store/state";
import { stopWatchdog } from "./telemetry/watchdog";

/** For so long requests that are under way may go on. */
const REQUESTS_MS = 10_000;
/** A server that is frozen shall not keep its client from ending. */
const CLOSING_MS = 3_000;

/**
 * What the process does when it is told to end. Next's own answer to the signals is taken away: it ends as soon as no request is
 * left, before a run is on record as left behind, and with a code that says failure.
 */
export function endOnSignals(): void {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.removeAllListeners(signal);
    process.on(signal, () => void end(signal));
  }
}

async function end(signal: string): Promise<void> {
  if (isEnding()) return;
  beginEnding();
  log.info("ending", { signal });
  await step("requests", endRequests(), REQUESTS_MS);
  await step("runs", detachRuns(), CLOSING_MS);
  await step("collectors", stopCollectors(), CLOSING_MS);
  await step("history", stopMetrics(), CLOSING_MS);
  await step("heartbeat", endInstance(), CLOSING_MS);
  await step("connections", closePools(), CLOSING_MS);
  stopWatchingAudit();
  await step("audit", stopTellingAudit(), CLOSING_MS);
  await step("state", closeState(), CLOSING_MS);
  stopWatchdog();
  log.info("ended");
  process.exit(0);
}

/** Takes no new connection, ends the event streams, and resolves when the last answer is sent. */
async function endRequests(): Promise<void> {
  const server = consoleServer();
  if (!server) return;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const close of [...openStreams()]) close();
  // A connection that had its answer would be kept for the browser's next request.
  const tidy = setInterval(() => server.closeIdleConnections(), 50);
  await closed.finally(() => clearInterval(tidy));
}

async function step(what: string, work: Promise<unknown>, patienceMs: number): Promise<void> {
  const late = wait(patienceMs, "late", { ref: false });
  const outcome = await Promise.race([work, late]).catch((cause: unknown) => {
    log.warn("a step of ending failed", { what, cause });
  });
  if (outcome === "late") log.warn("a step of ending was not waited for any longer", { what, afterMs: patienceMs });
}
