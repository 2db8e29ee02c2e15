import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { isOpenRun, type Run, runSchema, runsSchema } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { readJson } from "@/lib/http-read";
import { apiRoutes } from "@/lib/routes";
import type { ChangeActions } from "./changes";
import { cloneChanges } from "./clones";
import { debrisCleanActions } from "./debris";
import { liveKeys } from "./live";
import { nodeChanges } from "./node-changes";
import { rebalanceStartActions } from "./rebalance";
import { shardChanges } from "./shard-changes";
import { tableChanges } from "./tables";

export const keptRuns = {
  /** One operation as the console's own state has it. The live topic is quicker, and has the newest only. */
  one: (clusterId: ClusterId, runId: string) =>
    queryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "run", runId] as const,
      queryFn: async ({ signal }): Promise<Run> =>
        readJson(await fetch(apiRoutes.run(clusterId, runId), { signal, cache: "no-store" }), runSchema),
      refetchInterval: ({ state }) => (state.data && !isOpenRun(state.data) ? false : 2_000),
      retry: false,
    }),
  /** What began before the oldest of the live topic. Asked for by hand. */
  older: (clusterId: ClusterId, before: number) =>
    infiniteQueryOptions({
      queryKey: [...liveKeys.cluster(clusterId), "runs-before", before] as const,
      queryFn: async ({ signal, pageParam }): Promise<Run[]> => {
        const response = await fetch(apiRoutes.olderRuns(clusterId, pageParam), { signal, cache: "no-store" });
        return (await readJson(response, runsSchema)).runs;
      },
      initialPageParam: before,
      getNextPageParam: (runs: Run[]) => runs.at(-1)?.startedAt,
      enabled: false,
      retry: false,
    }),
};

const ACTIONS: readonly ChangeActions<{ clusterId: ClusterId }>[] = [
  ...Object.values(nodeChanges),
  ...Object.values(cloneChanges),
  ...Object.values(shardChanges),
  ...Object.values(tableChanges),
  rebalanceStartActions,
  debrisCleanActions,
];

/** The two actions of a change by its name, for asking the same again. */
export function actionsOf(change: string): ChangeActions<{ clusterId: ClusterId }> | undefined {
  return ACTIONS.find(({ name }) => name === change);
}
