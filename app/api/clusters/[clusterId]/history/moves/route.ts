import { clusterLayoutMoves } from "@/server/http/layout-history";

export const GET = clusterLayoutMoves();
