import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { SetBrakesInput } from "@/lib/domain/brakes";
import type { ClusterId } from "@/lib/domain/cluster";
import type { PaceInput } from "@/lib/domain/pace";
import type { PlanSet, RebalanceStartInput, RebalanceStopInput } from "@/lib/domain/rebalance";
import {
  askJobTasks,
  askPlannerFacts,
  askRebalancePlans,
  changeRebalancePace,
  previewRebalancePace,
  previewRebalanceStart,
  previewRebalanceStop,
  setRebalanceBrakes,
  startRebalance,
  stopRebalance,
} from "@/server/actions/rebalance";
import type { ChangeActions } from "./changes";
import { liveKeys } from "./live";

/** How soon plans that are not ready are asked after. */
const ASK_AGAIN_MS = 1_000;

/** A plan this old is asked for again when the screen is opened; while it is open only by hand. */
const PLAN_FRESH_MS = 30_000;

/** `whatIf`: also the default strategy's plan with another threshold, for looking only. */
export type PlansWanted = { drainOnly: boolean; whatIf: number | null };

const isPending = (set: PlanSet | undefined) => set?.plans.some((plan) => plan.state === "pending") ?? false;

export const rebalanceQueries = {
  /**
   * The plans of every strategy. `layout` is whatever makes plans old: the nodes, and the job that ended last. Planning may
   * take minutes, so an answer may be "pending", and is then asked after until it is not.
   */
  plans: (clusterId: ClusterId, { drainOnly, whatIf }: PlansWanted, layout: string) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "rebalance-plans", drainOnly, whatIf, layout] as const,
      queryFn: ({ client, queryKey }) => {
        const known = client.getQueryData<PlanSet>(queryKey);
        const follow = isPending(known) ? known?.setId : undefined;
        return unwrap(
          askRebalancePlans({ clusterId, drainOnly, ...(whatIf !== null && { whatIf }), ...(follow && { follow }) }),
        );
      },
      refetchInterval: (query) => (isPending(query.state.data) ? ASK_AGAIN_MS : false),
      staleTime: PLAN_FRESH_MS,
      refetchOnWindowFocus: false,
      retry: false,
    }),

  /** The strategies' rules and the order of the tables: what our own planner needs beside the layout. */
  plannerFacts: (clusterId: ClusterId) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "planner-facts"] as const,
      queryFn: () => unwrap(askPlannerFacts({ clusterId })),
      staleTime: PLAN_FRESH_MS,
      refetchOnWindowFocus: false,
      retry: false,
    }),

  /** The tasks of a job that is over. */
  tasks: (clusterId: ClusterId, jobId: number) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "job-tasks", jobId] as const,
      queryFn: () => unwrap(askJobTasks({ clusterId, jobId })),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    }),
};

export const rebalanceStartActions: ChangeActions<RebalanceStartInput> = {
  name: "rebalance.start",
  preview: previewRebalanceStart,
  start: startRebalance,
};

export const rebalanceStopActions: ChangeActions<RebalanceStopInput> = {
  name: "rebalance.stop",
  preview: previewRebalanceStop,
  start: stopRebalance,
};

export const rebalancePaceActions: ChangeActions<PaceInput> = {
  name: "rebalance.pace",
  preview: previewRebalancePace,
  start: changeRebalancePace,
};

/** Sets the brakes of a cluster, at once: it changes the console's own state only. */
export function useSetBrakes(clusterId: ClusterId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (brakes: Omit<SetBrakesInput, "clusterId">) => unwrap(setRebalanceBrakes({ clusterId, ...brakes })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: liveKeys.topic(clusterId, "jobs") }),
  });
}
