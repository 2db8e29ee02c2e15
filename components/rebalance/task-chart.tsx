"use client";
import { VirtualTable } from "@/components/ui/virtual-table";
import { expectedSpans } from "@/lib/domain/expected-spans";
import { isJobOpen, type Job, type Jobs } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import { PhaseLegend } from "./phase-look";
import { moveColumns, stateColumns, timeColumns } from "./task-columns";
import { type Axis, axisOf } from "./time-axis";

type Props = {
  job: Job;
  jobs: Jobs;
  nodes: readonly ClusterNode[];
  now: number | null;
  /** The time to show, where it is not that of the job as it stands. */
  axis?: Axis;
};

const ROW = 26;

/** A row per task: where it goes, its phases along time, and where it stands. Dashed is expected, one line is now. */
export function TaskChart({ job, jobs, nodes, now, axis }: Props) {
  const expected = expectedSpans(jobs);
  const isTimed = isJobOpen(job) || Object.values(jobs.record?.tasks ?? {}).some((seen) => seen.startedAt !== null);
  const view = { jobs, nodes, expected, axis: axis ?? axisOf(job, jobs, expected.values(), now), now };
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1 px-3.5 pt-2 pb-1">
        <h3 className="text-13 leading-5">Tasks</h3>
        {isTimed ? (
          <PhaseLegend hasGaps={(view.axis?.gaps.length ?? 0) > 0} />
        ) : (
          <span className="text-12 text-text-3">
            When each task ran is not known: no console looked, and Citus keeps no times.
          </span>
        )}
      </div>
      <VirtualTable
        label={`Tasks of job ${job.jobId}`}
        rows={jobs.tasks}
        rowKey={(task) => task.taskId}
        rowHeight={ROW}
        minWidth={isTimed ? 980 : 640}
        className="relative max-h-[max(420px,calc(100dvh-290px))]"
        selectedKey={jobs.tasks.find((task) => task.status === "running")?.taskId}
        columns={[...moveColumns(view), ...(isTimed ? timeColumns(view) : []), ...stateColumns(view)]}
      />
    </div>
  );
}
