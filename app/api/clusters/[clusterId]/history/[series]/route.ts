import { clusterHistory } from "@/server/http/cluster-history";

export const GET = clusterHistory();
