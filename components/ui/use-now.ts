"use client";
import { useSyncExternalStore } from "react";
import { pageNow } from "@/lib/page-clock";

let now = 0;
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function tick() {
  now = pageNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Refreshes on its own when nobody ticks, so that the first reader does not see the time of the last one. */
function current() {
  if (timer === undefined) now = Math.floor(pageNow() / 1000) * 1000;
  return now;
}

/** One clock for the whole page, in milliseconds. null on the server and in the first paint, so that both agree. */
export function useNow(): number | null {
  return useSyncExternalStore(subscribe, current, () => null);
}
