import { countOf } from "../format/count";
import { timeOfDay } from "../format/time";
import { isJobOpen, type Jobs, type JobTask } from "./job";
import { isReferenceCopy } from "./task-command";

/** Citus gives a task up when this many retries have failed: 5 s, 20 s, then every minute. */
export const RETRIES = 32;

/** Where a task stands, in a few words; `now` is the coordinator's clock. */
export function taskWords(
  task: JobTask,
  jobs: Pick<Jobs, "tasks" | "queueIntervalMs" | "executors" | "executorsPerNode">,
  now: number | null,
): string {
  switch (task.status) {
    case "blocked":
      return `waits for ${blockers(task, jobs.tasks)}`;
    case "runnable":
      return task.retryCount > 0 ? retryWords(task, now) : queueWords(jobs);
    case "running":
      return task.blockedBy === null ? "running" : lockWords(task.blockedBy);
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

export const lockWords = (globalPid: string) => `blocked by a lock of gpid ${globalPid}`;

/** When the next try comes, by the reader's own clock. */
function retryWords(task: JobTask, now: number | null): string {
  const seconds = task.notBefore === null || now === null ? null : (task.notBefore - now) / 1000;
  const when = task.notBefore === null ? "soon" : seconds !== null && seconds <= 0 ? "at the next look" : null;
  return `retry ${task.retryCount} of ${RETRIES} ${when ?? `at ${timeOfDay(task.notBefore ?? 0)}`}`;
}

function queueWords({ tasks, executors, executorsPerNode }: Parameters<typeof taskWords>[1]): string {
  const running = tasks.filter((task) => task.status === "running").length;
  if (executors !== null && running >= executors)
    return `runnable, but ${running} of ${countOf(executors, "executor")} ${running === 1 ? "is" : "are"} busy`;
  if (running === 0) return "starts at the next look";
  return executorsPerNode === null
    ? "runnable, but a node of it is busy"
    : `runnable, but a node of it has its ${countOf(executorsPerNode, "move")}`;
}

/** Why no move goes on in a job that is open. null: one does, or no job is open. */
export function whyNothingMoves(jobs: Jobs, now: number | null): string | null {
  const job = jobs.jobs[0];
  if (!job || !isJobOpen(job)) return null;
  const running = jobs.tasks.filter((task) => task.status === "running");
  if (running.some((task) => task.blockedBy === null)) return null;
  if (job.state === "cancelling") return "The stop is being obeyed: what runs ends first.";
  const [blocked] = running;
  if (blocked) {
    const more = running.length > 1 ? `, and ${running.length - 1} more wait as well` : "";
    return `${subjectOf(blocked)} is ${lockWords(blocked.blockedBy ?? "")}${more}. It goes on when that session ends its transaction; Activity shows what it does.`;
  }
  const retrying = jobs.tasks.filter((task) => task.status === "runnable" && task.retryCount > 0);
  const [first] = retrying;
  if (first) return `${subjectOf(first)} failed: ${retryWords(first, now)}. ${whyFailed(first.message)}`;
  if (jobs.queueIntervalMs !== null && jobs.queueIntervalMs < 0)
    return "No task starts: citus.background_task_queue_interval is -1, which switches the queue off.";
  const every = jobs.queueIntervalMs === null ? "" : ` every ${jobs.queueIntervalMs / 1000} s`;
  return `Nothing runs this moment: Citus looks for tasks that may start${every}.`;
}

const subjectOf = (task: JobTask) => (task.move ? `Shard group ${taskName(task)}` : taskName(task));

const NO_IDENTITY =
  /logical replication to transfer shards of the relation (.+?) since it doesn't have a REPLICA IDENTITY/;

/** The error in words that say what to do, where it is one that more tries do not end; else as Citus says it. */
function whyFailed(message: string | null): string {
  const table = NO_IDENTITY.exec(message ?? "")?.[1];
  if (table)
    return `A table of the group has no replica identity: ${table}. No try will succeed before it has one; stop the job and start it in mode force_logical or block_writes, or give the table a key.`;
  return firstLine(message) ?? "Citus says no reason.";
}

/** The error itself; its CONTEXT follows on further lines. */
export function firstLine(message: string | null): string | null {
  return message?.split("\n")[0]?.replace(/^ERROR:\s*/, "") ?? null;
}
