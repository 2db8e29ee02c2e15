import { useQuery } from "@tanstack/react-query";
import { useHealth } from "@/components/live/use-health";
import type { ClusterId } from "@/lib/domain/cluster";
import type { FindingFacts } from "@/lib/domain/finding";
import { activityQueries } from "@/lib/queries/activity";
import { debrisQueries } from "@/lib/queries/debris";
import { GROWTH_SPAN, historyQueries } from "@/lib/queries/history";
import { jobQueries } from "@/lib/queries/jobs";
import { nodeQueries } from "@/lib/queries/nodes";
import { replicationQueries } from "@/lib/queries/replication";
import { useClusterPicture } from "@/lib/queries/topology";
import { useRebalanceWould } from "@/lib/queries/what-if";

/** Everything that the overview looks at, each as fresh as its topic; null where it is not known. */
export function useOverview(clusterId: ClusterId) {
  const picture = useClusterPicture(clusterId);
  const nodes = useQuery(nodeQueries.list(clusterId));
  const facts: FindingFacts = {
    health: useHealth(clusterId).data?.data ?? null,
    picture: picture.data?.data ?? null,
    would: useRebalanceWould(picture.data?.data ?? null),
    coordinatorRegistered: nodes.data?.data?.coordinatorRegistered ?? null,
    nodeFacts: useQuery(nodeQueries.facts(clusterId)).data?.data ?? null,
    jobs: useQuery(jobQueries.current(clusterId)).data?.data ?? null,
    activity: useQuery(activityQueries.current(clusterId)).data?.data ?? null,
    debris: useQuery(debrisQueries.current(clusterId)).data?.data ?? null,
    replication: useQuery(replicationQueries.current(clusterId)).data?.data ?? null,
    diskFree: useQuery(historyQueries.latest(clusterId, "disk-free", GROWTH_SPAN)).data ?? null,
  };
  return { picture, facts };
}
