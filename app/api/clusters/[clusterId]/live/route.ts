import { clusterLook } from "@/server/http/cluster-look";

export const GET = clusterLook();
