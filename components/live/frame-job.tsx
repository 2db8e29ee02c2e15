"use client";
import { useQuery } from "@tanstack/react-query";
import { RunningJob } from "@/components/shell/running-job";
import type { ClusterId } from "@/lib/domain/cluster";
import { isJobOpen } from "@/lib/domain/job";
import { jobQueries } from "@/lib/queries/jobs";
import { routes } from "@/lib/routes";

/** The background job that runs, seen on every screen: a job started here goes on everywhere. */
export function FrameJob({ clusterId }: { clusterId: ClusterId }) {
  const { data } = useQuery(jobQueries.current(clusterId));
  const job = data?.data?.jobs[0];
  const tasks = data?.data?.tasks ?? [];
  if (!job || !isJobOpen(job)) return null;
  const done = tasks.filter((task) => task.status === "done").length;
  return (
    <RunningJob href={routes.rebalance(clusterId)}>
      {`Job ${job.jobId} ${job.state}, ${done} of ${tasks.length} tasks`}
    </RunningJob>
  );
}
