import "server-only";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { log } from "@/server/log";
import { count } from "./counters";

const LOOK_EVERY_MS = 500;
/** Whoever stands still for so long has kept everybody waiting. */
export const BLOCKED_MS = 5_000;
/** For so long afterwards other consoles are the better choice. */
const NOT_READY_FOR_MS = 20_000;

type Watch = { timer: NodeJS.Timeout; blockedAt: number | null; delay: ReturnType<typeof monitorEventLoopDelay> };
const holder = globalThis as typeof globalThis & { __shardboardWatch?: Watch };

/** Notices that the process stood still: a timer that comes late by seconds. Counts it, says it, and makes the console not ready for a while. */
export function startWatchdog(): void {
  if (holder.__shardboardWatch) return;
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  let expectedAt = performance.now() + LOOK_EVERY_MS;
  const look = () => {
    const lateMs = performance.now() - expectedAt;
    expectedAt = performance.now() + LOOK_EVERY_MS;
    if (lateMs < BLOCKED_MS) return;
    watch.blockedAt = performance.now();
    count("blocked", []);
    log.warn("the process stood still", { forMs: Math.round(lateMs) });
  };
  const watch: Watch = { timer: setInterval(look, LOOK_EVERY_MS).unref(), blockedAt: null, delay };
  holder.__shardboardWatch = watch;
}

export function stopWatchdog(): void {
  clearInterval(holder.__shardboardWatch?.timer);
  holder.__shardboardWatch?.delay.disable();
  delete holder.__shardboardWatch;
}

/** Whether the process stood still a short while ago. */
export function wasBlockedLately(): boolean {
  const at = holder.__shardboardWatch?.blockedAt;
  return at !== undefined && at !== null && performance.now() - at < NOT_READY_FOR_MS;
}

/** How late timers come, in seconds, since it was last asked for. */
export function takeLoopDelay(): { quantile: string; seconds: number }[] {
  const delay = holder.__shardboardWatch?.delay;
  if (!delay || delay.count === 0) return [];
  const taken = [
    { quantile: "0.5", seconds: delay.percentile(50) / 1e9 },
    { quantile: "0.99", seconds: delay.percentile(99) / 1e9 },
    { quantile: "1", seconds: delay.max / 1e9 },
  ];
  delay.reset();
  return taken;
}
