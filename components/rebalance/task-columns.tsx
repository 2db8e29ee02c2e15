import { Bytes } from "@/components/ui/quantity";
import type { VirtualColumn } from "@/components/ui/virtual-table";
import type { Span } from "@/lib/domain/expected-spans";
import type { Jobs, JobTask } from "@/lib/domain/job";
import { taskName } from "@/lib/domain/job-wait";
import { progressOfTask } from "@/lib/domain/job-work";
import type { ClusterNode } from "@/lib/domain/node";
import { formatCount } from "@/lib/format/count";
import { MoveRoute, routeWidth } from "./move-route";
import { TaskBar } from "./task-bar";
import { TaskStatus } from "./task-status";
import { type Axis, AxisHead } from "./time-axis";

/** What every cell is drawn from. */
export type TaskView = {
  jobs: Jobs;
  nodes: readonly ClusterNode[];
  expected: ReadonlyMap<number, Span>;
  axis: Axis | null;
  now: number | null;
};

type Column = VirtualColumn<JobTask>;

/** Which shard group goes where, and how large it is. */
export function moveColumns({ jobs, nodes }: TaskView): Column[] {
  return [
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
      width: routeWidth(nodes),
      cell: (task) => task.move && <MoveRoute move={task.move} nodes={nodes} />,
    },
    { id: "bytes", head: "Size", width: "84px", right: true, cell: (task) => <Size task={task} jobs={jobs} /> },
  ];
}

/** Its phases along time, and how far the target is behind. */
export function timeColumns({ jobs, expected, axis, now }: TaskView): Column[] {
  return [
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
    { id: "lag", head: "LSN lag", width: "82px", right: true, cell: (task) => <Lag task={task} jobs={jobs} /> },
  ];
}

/** What it waits for, how often it failed, and where it stands. */
export function stateColumns({ jobs, now }: TaskView): Column[] {
  const nameOf = new Map(jobs.tasks.map((task) => [task.taskId, taskName(task)]));
  return [
    {
      id: "after",
      head: "After",
      width: "116px",
      mono: true,
      cell: (task) => <After names={task.dependsOn.map((taskId) => nameOf.get(taskId) ?? `task ${taskId}`)} />,
    },
    { id: "retries", head: "Retries", width: "68px", right: true, cell: (task) => <Retries task={task} /> },
    {
      id: "status",
      head: "State",
      width: "190px",
      right: true,
      cell: (task) => <TaskStatus task={task} jobs={jobs} now={now} />,
    },
  ];
}

/** The chain: the tasks that had to be done before it. */
function After({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <span className="text-text-3">nothing</span>;
  const more = names.length > 1 ? ` +${names.length - 1}` : "";
  return <span title={names.join(", ")}>{`${names[0]}${more}`}</span>;
}

function Size({ task, jobs }: { task: JobTask; jobs: Jobs }) {
  if (!task.move) return null;
  return <Bytes value={jobs.record?.tasks[task.taskId]?.bytes} unknown="its size was not measured" />;
}

function Lag({ task, jobs }: { task: JobTask; jobs: Jobs }) {
  if (task.status !== "running") return null;
  const lagBytes = progressOfTask(task, jobs.progress)?.lagBytes;
  return <Bytes value={lagBytes} unknown="nothing is replayed in this phase" />;
}

function Retries({ task }: { task: JobTask }) {
  if (task.retryCount === 0) return "0";
  return <span className="font-semibold text-warn">{formatCount(task.retryCount)}</span>;
}
