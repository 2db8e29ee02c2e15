import { clusterLive } from "@/server/http/cluster-live";

export const GET = clusterLive();
