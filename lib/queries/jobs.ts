import type { ClusterId } from "@/lib/domain/cluster";
import { jobsSchema } from "@/lib/domain/job";
import { liveQuery } from "./live";

export const jobQueries = { current: (clusterId: ClusterId) => liveQuery(clusterId, "jobs", jobsSchema) };
