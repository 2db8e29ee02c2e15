import { clusterRun } from "@/server/http/cluster-runs";

export const GET = clusterRun();
