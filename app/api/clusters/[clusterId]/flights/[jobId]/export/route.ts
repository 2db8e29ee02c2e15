import { clusterFlightExport } from "@/server/http/cluster-flights";

export const GET = clusterFlightExport();
