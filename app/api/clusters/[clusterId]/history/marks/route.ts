import { clusterLayoutMarks } from "@/server/http/layout-history";

export const GET = clusterLayoutMarks();
