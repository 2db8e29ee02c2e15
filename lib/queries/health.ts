import type { ClusterId } from "@/lib/domain/cluster";
import { healthSchema } from "@/lib/domain/health";
import { liveQuery } from "./live";

export const healthQueries = { current: (clusterId: ClusterId) => liveQuery(clusterId, "health", healthSchema) };
