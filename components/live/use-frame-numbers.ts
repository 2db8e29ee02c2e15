import { useQuery } from "@tanstack/react-query";
import type { RailNumbers } from "@/components/shell/rail-numbers";
import type { ClusterId } from "@/lib/domain/cluster";
import { isJobOpen } from "@/lib/domain/job";
import { countOf } from "@/lib/format/count";
import { jobQueries } from "@/lib/queries/jobs";
import { nodeQueries } from "@/lib/queries/nodes";

/** What stands beside the screens in the rail. A number that is not known is left out, not drawn as 0. */
export function useFrameNumbers(clusterId: ClusterId): RailNumbers {
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data?.nodes;
  const jobs = useQuery(jobQueries.current(clusterId)).data?.data;
  const job = jobs?.jobs[0];
  const isOpen = job !== undefined && isJobOpen(job);
  const done = jobs?.tasks.filter((task) => task.status === "done").length ?? 0;
  return {
    ...(nodes && { nodes: { text: String(nodes.length), spoken: countOf(nodes.length, "node") } }),
    ...(isOpen && {
      rebalance: {
        text: `${done}/${jobs?.tasks.length ?? 0}`,
        spoken: `job ${job.jobId} runs`,
        tone: "running" as const,
      },
    }),
  };
}
