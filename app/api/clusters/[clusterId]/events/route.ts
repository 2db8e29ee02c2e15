import { clusterEvents } from "@/server/http/cluster-events";

export const GET = clusterEvents();
