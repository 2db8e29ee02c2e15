"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { unwrap } from "@/lib/action-result";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { type Holdings, heldBy } from "@/lib/domain/holdings";
import { isJobOpen } from "@/lib/domain/job";
import { nodesSchema } from "@/lib/domain/node";
import { nodeFactsTopicSchema } from "@/lib/domain/node-facts";
import { readNodesNow } from "@/server/actions/nodes";
import { jobQueries } from "./jobs";
import { liveKeys, liveQuery } from "./live";
import { useClusterPicture } from "./topology";

export const nodeQueries = {
  /** pg_dist_node: true while nodes are down. */
  list: (clusterId: ClusterId) => liveQuery(clusterId, "nodes", nodesSchema),
  /** What each node says about itself, or why it does not. */
  facts: (clusterId: ClusterId) => liveQuery(clusterId, "node-facts", nodeFactsTopicSchema),
};

/** What each node group holds, and the picture it was counted from; null while the layout has not been read. */
export function useHoldings(clusterId: ClusterId): {
  picture: ClusterPicture | null;
  holdings: ReadonlyMap<number, Holdings> | null;
} {
  const picture = useClusterPicture(clusterId).data?.data ?? null;
  const holdings = useMemo(() => picture && heldBy(picture), [picture]);
  return { picture, holdings };
}

/** The background job that is under way; null: none is, or it is not known. */
export function useOpenJobId(clusterId: ClusterId): number | null {
  const jobs = useQuery(jobQueries.current(clusterId)).data?.data?.jobs;
  return jobs?.find(isJobOpen)?.jobId ?? null;
}

/** "Read now": asks pg_dist_node and every node again, for everybody who looks. */
export function useReadNodesNow(clusterId: ClusterId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(readNodesNow({ clusterId })),
    onSettled: () =>
      Promise.all(
        (["nodes", "node-facts"] as const).map((topic) =>
          queryClient.invalidateQueries({ queryKey: liveKeys.topic(clusterId, topic) }),
        ),
      ),
  });
}
