import { useQuery } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import { healthQueries } from "@/lib/queries/health";

/** The cluster's health, and with it what its version can do. */
export function useHealth(clusterId: ClusterId) {
  return useQuery(healthQueries.current(clusterId));
}
