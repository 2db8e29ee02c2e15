"use client";
import { createContext, type ReactNode, useContext } from "react";
import { ALLOWED, refused, type Verdict } from "@/lib/domain/cluster";
import { dayAndTime } from "@/lib/format/time";

const PastContext = createContext<number | null>(null);

/** What is drawn inside is how it was then: every button in it that asks `useBecause` is off, and says so. */
export function PastProvider({ at, children }: { at: number; children: ReactNode }) {
  return <PastContext value={at}>{children}</PastContext>;
}

/** Whether what is drawn is the cluster as it is, so that something can be asked of it or done to it. */
export function usePresent(): Verdict {
  const at = useContext(PastContext);
  return at === null ? ALLOWED : refused(`You look at ${dayAndTime(at)}; nothing here can be changed.`);
}
