import "server-only";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";

/** Enough for a day's work on screen; what must last is in the record. */
const KEPT = 200;

const holder = globalThis as typeof globalThis & { __shardboardRuns?: Map<ClusterId, Run[]> };

/** The runs of a cluster since this process started, newest first. */
export function runsOf(clusterId: ClusterId): Run[] {
  holder.__shardboardRuns ??= new Map();
  const known = holder.__shardboardRuns.get(clusterId);
  if (known) return known;
  const fresh: Run[] = [];
  holder.__shardboardRuns.set(clusterId, fresh);
  return fresh;
}

export function addRun(clusterId: ClusterId, run: Run): void {
  const runs = runsOf(clusterId);
  runs.unshift(run);
  runs.length = Math.min(runs.length, KEPT);
}
