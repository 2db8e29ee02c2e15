"use client";
import { useEffect, useRef, useState } from "react";
import { SrOnly } from "./sr-only";

/** A screen reader that is told everything is told nothing. */
const AT_MOST_EVERY_MS = 10_000;

type Props = {
  /** The newest news: "Job 8: 6 of 14 moves". What changes in between is skipped, the last word is said. */
  text: string;
};

/** Says progress aloud, politely and at most every ten seconds. A failure is a ProblemBanner: that one interrupts. */
export function Announcement({ text }: Props) {
  const [said, setSaid] = useState("");
  const saidAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const wait = Math.max(0, saidAt.current + AT_MOST_EVERY_MS - performance.now());
    const timer = setTimeout(() => {
      saidAt.current = performance.now();
      setSaid(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return <SrOnly role="status">{said}</SrOnly>;
}
