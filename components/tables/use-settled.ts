"use client";
import { useEffect, useState } from "react";

const SETTLED_AFTER_MS = 350;

/**
 * The value once it has stopped changing, and whether it still differs: each keystroke would otherwise ask the cluster.
 * null (what is typed reads as nothing yet) leaves the last value standing, so that nothing jumps under the hand.
 */
export function useSettled<Value>(value: Value | null): [Value | null, boolean] {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  useEffect(() => {
    if (text === settled.text || text === "null") return;
    const timer = setTimeout(() => setSettled({ text, value: JSON.parse(text) as Value }), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, settled.text]);
  return [settled.value, text !== settled.text];
}
