import { useQuery } from "@tanstack/react-query";
import type { RailNumbers } from "@/components/shell/rail-numbers";
import { waitersOf } from "@/lib/domain/activity";
import type { ClusterId } from "@/lib/domain/cluster";
import { isJobOpen } from "@/lib/domain/job";
import { countOf } from "@/lib/format/count";
import { activityQueries } from "@/lib/queries/activity";
import { jobQueries } from "@/lib/queries/jobs";
import { nodeQueries } from "@/lib/queries/nodes";

/** What stands beside the screens in the rail. A number that is not known is left out, not drawn as 0. */
export function useFrameNumbers(clusterId: ClusterId): RailNumbers {
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data?.nodes;
  const waits = useQuery(activityQueries.current(clusterId)).data?.data?.waits;
  const waiting = waits ? waitersOf(waits).size : 0;
  const jobs = useQuery(jobQueries.current(clusterId)).data?.data;
  const job = jobs?.jobs[0];
  const isOpen = job !== undefined && isJobOpen(job);
  const done = jobs?.tasks.filter((task) => task.status === "done").length ?? 0;
  return {
    ...(nodes && { nodes: { text: String(nodes.length), spoken: countOf(nodes.length, "node") } }),
    ...(waiting > 0 && {
      activity: {
        text: `${waiting} waiting`,
        spoken: `${countOf(waiting, "session")} waiting for a lock`,
        tone: "warn" as const,
      },
    }),
    ...(isOpen && {
      rebalance: {
        text: `${done}/${jobs?.tasks.length ?? 0}`,
        spoken: `job ${job.jobId} runs`,
        tone: "running" as const,
      },
    }),
  };
}
