import { clusterOlderRuns } from "@/server/http/cluster-runs";

export const GET = clusterOlderRuns();
