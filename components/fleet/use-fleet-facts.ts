import { useQuery } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import type { FleetFacts } from "@/lib/domain/fleet";
import { healthQueries } from "@/lib/queries/health";
import { jobQueries } from "@/lib/queries/jobs";
import { nodeQueries } from "@/lib/queries/nodes";
import { useStillLooking } from "@/lib/queries/still-looking";

/** What is known of one cluster of the list, and how old it is: the topics that its own screens share, read once for everybody. */
export function useFleetFacts(clusterId: ClusterId) {
  useStillLooking(clusterId);
  const health = useQuery(healthQueries.current(clusterId));
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data ?? null;
  const nodeFacts = useQuery(nodeQueries.facts(clusterId)).data?.data ?? null;
  const jobs = useQuery(jobQueries.current(clusterId)).data?.data ?? null;
  const live = health.data;
  const facts: FleetFacts = { health: live?.data ?? null, problem: live?.problem ?? null, nodes, nodeFacts, jobs };
  return {
    facts,
    readAt: live && live.ageMs !== null ? live.receivedAt - live.ageMs : null,
    isConsoleSilent: health.error !== null,
  };
}
