"use client";
import { useRef } from "react";

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
      if (opener.current instanceof HTMLElement) opener.current.focus();
    },
  };
}
