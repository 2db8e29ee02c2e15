"use client";
import { useRef } from "react";

/** The page's main part, in the shell: it takes the focus of the link that skips to it, too. */
const CONTENT = "content";

/**
 * Where the focus was before a layer opened, and back there when it closes. Radix does this for layers opened by its own
 * Trigger; ours are opened by state, and without this Esc would throw a keyboard user to the top of the page.
 *
 * `first` finds the control that gets the focus in the layer; without it the first one does.
 */
export function useFocusReturn(first?: (layer: HTMLElement) => HTMLElement | null) {
  const opener = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event: Event) => {
      opener.current = document.activeElement;
      const target = event.currentTarget instanceof HTMLElement ? first?.(event.currentTarget) : null;
      if (!target) return;
      event.preventDefault();
      target.focus();
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      const back = opener.current;
      if (back instanceof HTMLElement && back !== document.body && back.isConnected) back.focus();
      // What opened it is gone, as Start is once the rebalance runs: the page's content is where its work goes on.
      else document.getElementById(CONTENT)?.focus();
    },
  };
}
