import { clusterAudit } from "@/server/http/cluster-audit";

export const GET = clusterAudit();
