"use client";
import { useQuery } from "@tanstack/react-query";
import { QueryState } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { TONE_TEXT } from "@/components/ui/tone";
import { VirtualTable } from "@/components/ui/virtual-table";
import type { ClusterId } from "@/lib/domain/cluster";
import { firstLine, taskName, taskWords } from "@/lib/domain/job-wait";
import type { ClusterNode } from "@/lib/domain/node";
import { rebalanceQueries } from "@/lib/queries/rebalance";
import { TASK_TONE } from "./job-look";
import { MoveRoute, routeWidth } from "./move-route";

type Props = { clusterId: ClusterId; jobId: number; nodes: readonly ClusterNode[] };

/** The tasks of a job that is over, asked for when somebody unfolds it. */
export function PastTasks({ clusterId, jobId, nodes }: Props) {
  const tasks = useQuery(rebalanceQueries.tasks(clusterId, jobId));
  return (
    <QueryState query={tasks} skeleton={<SkeletonRows rows={3} label={`Tasks of job ${jobId} are being read`} />}>
      {(rows) => (
        <VirtualTable
          label={`Tasks of job ${jobId}`}
          rows={rows}
          rowKey={(task) => task.taskId}
          rowHeight={26}
          minWidth={640}
          className="relative max-h-72 border-line border-t"
          columns={[
            { id: "task", head: "Task", width: "80px", right: true, cell: (task) => task.taskId },
            {
              id: "what",
              head: "Shard group",
              width: "150px",
              mono: true,
              cell: (task) => taskName(task),
            },
            {
              id: "route",
              head: "From → to",
              width: routeWidth(nodes),
              cell: (task) => task.move && <MoveRoute move={task.move} nodes={nodes} />,
            },
            { id: "retries", head: "Retries", width: "80px", right: true, cell: (task) => task.retryCount },
            {
              id: "state",
              head: "State",
              cell: (task) => (
                <span className={TONE_TEXT[TASK_TONE[task.status]]} title={task.message ?? undefined}>
                  {taskWords(
                    task,
                    { tasks: rows, queueIntervalMs: null, executors: null, executorsPerNode: null },
                    null,
                  )}
                  {task.message !== null && `: ${firstLine(task.message)}`}
                </span>
              ),
            },
          ]}
        />
      )}
    </QueryState>
  );
}
