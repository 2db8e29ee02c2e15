import { clusterFlight } from "@/server/http/cluster-flights";

export const GET = clusterFlight();
