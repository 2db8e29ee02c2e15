"use client";
import { useEffect, useRef } from "react";

type Handlers = {
  onFind: () => void;
  onHelp: () => void;
  /** A letter typed after g. */
  onGo: (letter: string) => void;
  /** Whether keys without Ctrl are listened to: people who dictate must be able to switch them off. */
  singleKeys: boolean;
};

const G_WAITS_MS = 1500;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(input|textarea|select)$/i.test(target.tagName) ||
    target.closest("[role=dialog]") !== null
  );
}

/** The first filter of the screen: an input marked with `data-filter`. */
function focusFilter(): boolean {
  const filter = document.querySelector<HTMLInputElement>("input[data-filter]");
  filter?.focus();
  filter?.select();
  return filter !== null;
}

/** Ctrl K anywhere; /, ? and g + letter where nobody is typing. */
export function useShellKeys(handlers: Handlers): void {
  const newest = useRef(handlers);
  useEffect(() => {
    newest.current = handlers;
  });
  useEffect(() => {
    let gPressedAt = 0;
    function press(event: KeyboardEvent) {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        newest.current.onFind();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !newest.current.singleKeys)
        return;
      if (event.timeStamp - gPressedAt < G_WAITS_MS && gPressedAt > 0) {
        gPressedAt = 0;
        newest.current.onGo(event.key.toLowerCase());
      } else if (event.key === "g") gPressedAt = event.timeStamp;
      else if (event.key === "?") newest.current.onHelp();
      else if (event.key === "/" && focusFilter()) event.preventDefault();
    }
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, []);
}
