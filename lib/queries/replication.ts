import { useMutation, useQueryClient } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { ClusterId } from "@/lib/domain/cluster";
import { replicationSchema } from "@/lib/domain/replication";
import { readReplicationNow } from "@/server/actions/replication";
import { liveKeys, liveQuery } from "./live";

export const replicationQueries = {
  current: (clusterId: ClusterId) => liveQuery(clusterId, "replication", replicationSchema),
};

/** "Read now": every primary's pg_stat_replication, for everybody who looks. */
export function useReadReplicationNow(clusterId: ClusterId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(readReplicationNow({ clusterId })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: liveKeys.topic(clusterId, "replication") }),
  });
}
