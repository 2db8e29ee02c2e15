import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ActionResult, unwrap } from "@/lib/action-result";
import { type ChangePlan, type Run, runsSchema } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { liveKeys, liveQuery } from "./live";

type ClusterInput = { clusterId: ClusterId };

/** The two actions of a change, as `server/actions/<area>` exports them. */
export type ChangeActions<Input extends ClusterInput> = {
  /** Unique per change: the key under which a preview is cached. */
  name: string;
  preview: (raw: unknown) => Promise<ActionResult<ChangePlan>>;
  start: (raw: unknown) => Promise<ActionResult<Run>>;
  /** Never sent; carries the input's type. */
  input?: Input;
};

/**
 * What the change would do now. Asked when the dialog opens, and again on request; never by itself. `asker`: who shows it,
 * where what one of them asks anew must not change what another shows.
 */
export function changePlanQuery<Input extends ClusterInput>(actions: ChangeActions<Input>, input: Input, asker = "") {
  return queryOptions({
    queryKey: [...liveKeys.cluster(input.clusterId), "plan", actions.name, input, asker] as const,
    queryFn: () => unwrap(actions.preview(input)),
    // While a form inside the dialog is filled in, the last plan keeps its place until the next one is there.
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}

/** Starts the change that was confirmed, by `send`. Whatever comes of it, every live topic is asked again. */
export function useStartChange<Input extends ClusterInput, Variables>(
  input: Input,
  send: (variables: Variables) => Promise<Run>,
) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => queryClient.invalidateQueries({ queryKey: liveKeys.topics(input.clusterId) }),
  });
}

export const runQueries = { list: (clusterId: ClusterId) => liveQuery(clusterId, "runs", runsSchema) };

/**
 * The run of a deed that was sent, as it stands now; `started` is what the action returned, until the topic has it. Where the answer
 * was lost on its way, the topic has it all the same. `actionId` undefined: nothing was sent yet.
 */
export function useRun(clusterId: ClusterId, actionId: string | undefined, started: Run | undefined): Run | undefined {
  const runs = useQuery({ ...runQueries.list(clusterId), enabled: actionId !== undefined });
  const known = actionId === undefined ? undefined : runs.data?.data?.runs.find((run) => run.id === actionId);
  return known ?? started;
}
