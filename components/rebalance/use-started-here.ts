"use client";
import { useQuery } from "@tanstack/react-query";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { runQueries } from "@/lib/queries/changes";

/** The run of this console that started a job: who, and by which strategy. Citus keeps neither. undefined: started elsewhere, or before the console. */
export function useStartedHere(clusterId: ClusterId, jobId: number): Run | undefined {
  const runs = useQuery(runQueries.list(clusterId)).data?.data?.runs;
  return runs?.find((run) => run.jobId === jobId);
}
