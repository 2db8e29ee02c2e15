import { clusterFlights } from "@/server/http/cluster-flights";

export const GET = clusterFlights();
