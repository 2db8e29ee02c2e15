import { clusterAuditCheck } from "@/server/http/cluster-audit";

export const GET = clusterAuditCheck();
