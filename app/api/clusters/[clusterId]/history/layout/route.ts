import { clusterPastLayout } from "@/server/http/layout-history";

export const GET = clusterPastLayout();
