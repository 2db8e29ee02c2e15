import { countOf } from "../format/count";
import { formatDuration } from "../format/duration";
import { isJobOpen, type Jobs, type JobTask } from "./job";
import { isReferenceCopy } from "./task-command";

/** Citus gives a task up when this many retries have failed: 5 s, 20 s, then every minute. */
export const RETRIES = 32;

/** Where a task stands, in a few words; `now` is the coordinator's clock. */
export function taskWords(
  task: JobTask,
  jobs: Pick<Jobs, "tasks" | "queueIntervalMs" | "executors">,
  now: number | null,
): string {
  switch (task.status) {
    case "blocked":
      return `waits for ${blockers(task, jobs.tasks)}`;
    case "runnable":
      return task.retryCount > 0 ? retryWords(task, now) : queueWords(jobs);
    case "running":
      return "running";
    case "done":
      return "done";
    case "cancelling":
      return "is being interrupted";
    case "cancelled":
      return "cancelled";
    case "error":
      return `given up after ${countOf(task.retryCount, "try", "tries")}`;
    case "unscheduled":
      return "not started: a task before it was given up";
  }
}

/** What a task is about, as people know it: the shard group it moves. */
export function taskName(task: JobTask): string {
  if (task.move) return String(task.move.shardId);
  return isReferenceCopy(task.command) ? "reference tables" : task.command;
}

/** The tasks it waits for that are not done; those behind them are left out. */
function blockers(task: JobTask, tasks: readonly JobTask[]): string {
  const open = tasks.filter((other) => task.dependsOn.includes(other.taskId) && other.status !== "done");
  const [first] = open;
  if (first === undefined) return "the queue";
  return open.length === 1 ? taskName(first) : `${taskName(first)} and ${open.length - 1} more`;
}

function retryWords(task: JobTask, now: number | null): string {
  const seconds = task.notBefore === null || now === null ? null : (task.notBefore - now) / 1000;
  const when = seconds === null ? "soon" : seconds > 0 ? `in ${formatDuration(seconds)}` : "at the next look";
  return `retry ${task.retryCount} of ${RETRIES} ${when}`;
}

function queueWords({ tasks, executors }: Pick<Jobs, "tasks" | "executors">): string {
  const running = tasks.filter((task) => task.status === "running").length;
  if (executors !== null && running >= executors) return "waits for a free executor";
  return running > 0 ? "waits for a node to be free" : "starts at the next look";
}

/** Why no move runs in a job that is open. null: one does, or no job is open. */
export function whyNothingMoves(jobs: Jobs, now: number | null): string | null {
  const job = jobs.jobs[0];
  if (!job || !isJobOpen(job) || jobs.tasks.some((task) => task.status === "running")) return null;
  if (job.state === "cancelling") return "The stop is being obeyed: what runs ends first.";
  const retrying = jobs.tasks.filter((task) => task.status === "runnable" && task.retryCount > 0);
  const [first] = retrying;
  if (first) {
    const what = first.move ? `Shard group ${taskName(first)}` : taskName(first);
    return `${what} failed: ${retryWords(first, now)}. ${firstLine(first.message) ?? "Citus says no reason."}`;
  }
  if (jobs.queueIntervalMs !== null && jobs.queueIntervalMs < 0)
    return "No task starts: citus.background_task_queue_interval is -1, which switches the queue off.";
  const every = jobs.queueIntervalMs === null ? "" : ` every ${jobs.queueIntervalMs / 1000} s`;
  return `Nothing runs this moment: Citus looks for tasks that may start${every}.`;
}

/** The error itself; its CONTEXT follows on further lines. */
export function firstLine(message: string | null): string | null {
  return message?.split("\n")[0]?.replace(/^ERROR:\s*/, "") ?? null;
}
