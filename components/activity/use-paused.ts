"use client";
import { useState } from "react";

/** The value as it was when it was paused, or the newest. What is paused goes on being kept fresh behind the screen. */
export function usePaused<T>(newest: T): { shown: T; isPaused: boolean; toggle: () => void; resume: () => void } {
  const [frozen, setFrozen] = useState<{ value: T } | null>(null);
  return {
    shown: frozen === null ? newest : frozen.value,
    isPaused: frozen !== null,
    toggle: () => setFrozen(frozen === null ? { value: newest } : null),
    resume: () => setFrozen(null),
  };
}
