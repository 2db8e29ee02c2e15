"use client";
import { useSyncExternalStore } from "react";

const KEY = "shardboard-single-keys";
const listeners = new Set<() => void>();

function read(): boolean {
  try {
    return localStorage.getItem(KEY) !== "off";
  } catch {
    return true; // storage may be forbidden; the keys then work and the choice lasts for nothing
  }
}

/** Remembered in this browser: whether /, ? and g + letter are listened to. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    () => true,
  );
  return [on, write];
}

function write(on: boolean) {
  localStorage.setItem(KEY, on ? "on" : "off");
  for (const listener of listeners) listener();
}
