"use client";
import { ticksFor } from "@/components/charts/ticks";
import { Bytes } from "@/components/ui/quantity";
import { Unknown } from "@/components/ui/unknown";
import { VirtualTable } from "@/components/ui/virtual-table";
import { expectedSpans } from "@/lib/domain/expected-spans";
import type { Job, Jobs, JobTask } from "@/lib/domain/job";
import { isJobOpen } from "@/lib/domain/job";
import { taskName } from "@/lib/domain/job-wait";
import { progressOfTask } from "@/lib/domain/job-work";
import type { ClusterNode } from "@/lib/domain/node";
import { formatCount } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { MoveRoute } from "./move-route";
import { PhaseLegend } from "./phase-look";
import { type Axis, TaskBar } from "./task-bar";
import { TaskStatus } from "./task-status";

type Props = { job: Job; jobs: Jobs; nodes: readonly ClusterNode[]; now: number | null };

const ROW = 26;

/** A row per task: where it goes, its phases along time, and where it stands. Dashed is expected, one line is now. */
export function TaskChart({ job, jobs, nodes, now }: Props) {
  const expected = expectedSpans(jobs);
  const isTimed = isJobOpen(job) || Object.values(jobs.record?.tasks ?? {}).some((seen) => seen.startedAt !== null);
  const axis = isTimed ? axisOf(job, jobs, expected, now) : null;
  const lags = new Map(jobs.tasks.map((task) => [task.taskId, progressOfTask(task, jobs.progress)?.lagBytes ?? null]));
  return (
    <div>
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1 px-3.5 pt-2 pb-1">
        <h3 className="text-13 leading-5">Tasks</h3>
        {isTimed ? (
          <PhaseLegend />
        ) : (
          <span className="text-12 text-text-3">
            When each task ran is not known: nobody watched, and Citus keeps no times.
          </span>
        )}
      </div>
      <VirtualTable
        label={`Tasks of job ${job.jobId}`}
        rows={jobs.tasks}
        rowKey={(task) => task.taskId}
        rowHeight={ROW}
        minWidth={980}
        className="max-h-[420px]"
        selectedKey={jobs.tasks.find((task) => task.status === "running")?.taskId}
        columns={[
          {
            id: "task",
            head: "Shard group",
            width: "132px",
            mono: true,
            cell: (task) => <span title={task.command}>{taskName(task)}</span>,
          },
          {
            id: "route",
            head: "From → to",
            width: "150px",
            cell: (task) => task.move && <MoveRoute move={task.move} nodes={nodes} />,
          },
          { id: "bytes", head: "Size", width: "84px", right: true, cell: (task) => <Size task={task} jobs={jobs} /> },
          {
            id: "time",
            head: <AxisHead axis={axis} />,
            cell: (task) => (
              <TaskBar
                task={task}
                seen={jobs.record?.tasks[task.taskId]}
                expected={expected.get(task.taskId)}
                axis={axis}
                now={now}
              />
            ),
          },
          {
            id: "lag",
            head: "LSN lag",
            width: "82px",
            right: true,
            cell: (task) =>
              task.status === "running" && (
                <Bytes value={lags.get(task.taskId)} unknown="nothing is replayed in this phase" />
              ),
          },
          { id: "retries", head: "Retries", width: "68px", right: true, cell: (task) => <Retries task={task} /> },
          {
            id: "status",
            head: "State",
            width: "190px",
            right: true,
            cell: (task) => <TaskStatus task={task} jobs={jobs} now={now} />,
          },
        ]}
      />
    </div>
  );
}

function Size({ task, jobs }: { task: JobTask; jobs: Jobs }) {
  if (!task.move) return null;
  return <Bytes value={jobs.record?.tasks[task.taskId]?.bytes} unknown="its size was not measured" />;
}

function Retries({ task }: { task: JobTask }) {
  if (task.retryCount === 0) return "0";
  return <span className="font-semibold text-warn">{formatCount(task.retryCount)}</span>;
}

/** From the start of the job to its end, or to where it may end. null: it has not started. */
function axisOf(job: Job, jobs: Jobs, expected: ReturnType<typeof expectedSpans>, now: number | null): Axis | null {
  if (job.startedAt === null) return null;
  const ends = [...expected.values()].map(([, to]) => to);
  const last = isJobOpen(job)
    ? Math.max(now ?? jobs.clock ?? job.startedAt, ...ends)
    : (job.finishedAt ?? job.startedAt);
  const seconds = Math.max(5, (last - job.startedAt) / 1000);
  const ticks = ticksFor(seconds);
  return {
    from: job.startedAt,
    seconds: Math.max(seconds, ticks.at(-2) ?? 0),
    ticks: ticks.filter((tick) => tick <= seconds),
  };
}

function AxisHead({ axis }: { axis: Axis | null }) {
  if (!axis) return <Unknown because="no times are known" />;
  return (
    <span className="relative block h-4">
      {axis.ticks.map((tick) => (
        <span
          key={tick}
          className={tick === 0 ? "absolute left-0" : "-translate-x-1/2 absolute"}
          style={{ left: `${(tick / axis.seconds) * 100}%` }}
        >
          {tick === 0 ? "Start" : formatDuration(tick)}
        </span>
      ))}
    </span>
  );
}
