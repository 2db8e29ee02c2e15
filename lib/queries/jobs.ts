import type { ClusterId } from "@/lib/domain/cluster";
import { jobsSchema } from "@/lib/domain/job";
import { liveQuery } from "./live";

export const jobQueries = {
  /** Background jobs, the newest one's tasks and moves: fast while a job is open. */
  current: (clusterId: ClusterId) => liveQuery(clusterId, "jobs", jobsSchema),
};
