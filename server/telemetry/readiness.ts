import "server-only";
import { setTimeout as wait } from "node:timers/promises";
import { listClusters } from "@/server/clusters";
import { isEnding } from "@/server/ending";
import { pingState } from "@/server/store/ping";
import { state, stateAddress } from "@/server/store/state";
import { msSinceLastRead } from "./measured-topic";
import { wasBlockedLately } from "./watchdog";

const STATE_PATIENCE_MS = 2_000;
/** `health` is read every few seconds, also of a cluster that does not answer; a read that hangs ends by its own deadlines. */
const COLLECTOR_PATIENCE_MS = 60_000;

/**
 * Why this console should get no requests now; empty: it is ready. A cluster that is down is no reason: then the console is
 * needed most, and another one would see no more of it.
 */
export async function reasonsNotReady(): Promise<string[]> {
  return [
    ...(isEnding() ? ["The console is about to end."] : []),
    ...(wasBlockedLately() ? ["The process stood still a short while ago."] : []),
    ...(isCollectorAlive() ? [] : ["The collector has not ended a read for a minute."]),
    ...((await doesStateAnswer())
      ? []
      : ["The console's own state does not answer, or could not be brought up to date."]),
  ];
}

/** Among several consoles only one reads; whether the others live says their state. */
function isCollectorAlive(): boolean {
  if (listClusters().length === 0 || stateAddress() !== null) return true;
  const ago = msSinceLastRead();
  return ago !== null && ago < COLLECTOR_PATIENCE_MS;
}

async function doesStateAnswer(): Promise<boolean> {
  const answer = state()
    .then(pingState)
    .then(() => true)
    .catch(() => false);
  return Promise.race([answer, wait(STATE_PATIENCE_MS, false, { ref: false })]);
}
