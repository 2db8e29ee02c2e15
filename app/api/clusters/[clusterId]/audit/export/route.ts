import { clusterAuditExport } from "@/server/http/cluster-audit";

export const GET = clusterAuditExport();
