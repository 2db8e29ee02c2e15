"use client";
import { useEffect, useEffectEvent } from "react";

type Open = { id: number; close: () => void };
const MARK = "shardboardDialog";

/** The dialogs that are open, the topmost last. Each has an entry of its own in the browser's history. */
const open: Open[] = [];
let nextId = 1;
/** An entry whose dialog closed by itself, until the browser has gone back over it; the next dialog may take it. */
let leaving: { id: number; timer: ReturnType<typeof setTimeout> } | null = null;
let ownSteps = 0;

function markOf(state: unknown): number | null {
  return typeof state === "object" && state !== null && MARK in state ? Number(state[MARK]) : null;
}

function onPop(): void {
  if (ownSteps > 0) {
    ownSteps -= 1;
    return;
  }
  open.at(-1)?.close();
}

let isListening = false;
function listen(): void {
  if (!isListening) window.addEventListener("popstate", onPop);
  isListening = true;
}

function enter(close: () => void): number {
  listen();
  if (leaving) {
    clearTimeout(leaving.timer);
    const { id } = leaving;
    leaving = null;
    open.push({ id, close });
    return id;
  }
  const id = nextId;
  nextId += 1;
  window.history.pushState({ ...window.history.state, [MARK]: id }, "");
  open.push({ id, close });
  return id;
}

function leave(id: number): void {
  const at = open.findIndex((one) => one.id === id);
  if (at >= 0) open.splice(at, 1);
  // Where the entry is not on top any more, Back was pressed, or a link led elsewhere.
  if (markOf(window.history.state) === id)
    leaving = {
      id,
      timer: setTimeout(() => {
        leaving = null;
        ownSteps += 1;
        window.history.back();
      }),
    };
}

/** The browser's Back closes what is open, and leaves the screen below as it is. */
export function useBackCloses(isOpen: boolean, onClose: () => void): void {
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (!isOpen) return;
    const id = enter(() => close());
    return () => leave(id);
  }, [isOpen]);
}
