"use client";
import { useNow } from "@/components/ui/use-now";
import type { Jobs } from "@/lib/domain/job";
import type { Live } from "@/lib/queries/live";

/** The coordinator's clock as it is now: its last reading, and the time that has gone by here since. null: no job is open. */
export function useClusterClock(live: Live<Jobs>): number | null {
  const now = useNow();
  const clock = live.data?.clock ?? null;
  if (clock === null || now === null) return clock;
  return clock + (live.ageMs ?? 0) + Math.max(0, now - live.receivedAt);
}
