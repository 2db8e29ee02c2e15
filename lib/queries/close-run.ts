import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { ClusterId } from "@/lib/domain/cluster";
import { closeUnknownRun } from "@/server/actions/operations";
import { liveKeys } from "./live";

/** Closes an operation whose end is unknown. */
export function useCloseUnknownRun(clusterId: ClusterId, runId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (remark: string) => unwrap(closeUnknownRun({ clusterId, runId, remark })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: liveKeys.cluster(clusterId) }),
  });
}
