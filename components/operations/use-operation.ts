"use client";
import { useQuery } from "@tanstack/react-query";
import { problemOf } from "@/components/ui/query-state";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Problem } from "@/lib/errors";
import { runQueries } from "@/lib/queries/changes";
import { keptRuns } from "@/lib/queries/runs";

/** The operation as it stands: by the live topic while that has it, else as it was kept. */
export function useOperation(clusterId: ClusterId, runId: string): { run: Run | undefined; problem: Problem | null } {
  const runs = useQuery(runQueries.list(clusterId));
  const live = runs.data?.data?.runs.find((run) => run.id === runId);
  const isAsked = live === undefined && (runs.data !== undefined || runs.error !== null);
  const kept = useQuery({ ...keptRuns.one(clusterId, runId), enabled: isAsked });
  return { run: live ?? kept.data, problem: kept.error ? problemOf(kept.error) : null };
}
