import { SrOnly } from "@/components/ui/sr-only";
import { TONE_TEXT } from "@/components/ui/tone";
import type { Jobs, JobTask } from "@/lib/domain/job";
import { firstLine, taskWords } from "@/lib/domain/job-wait";
import { progressOfTask } from "@/lib/domain/job-work";
import { formatDuration } from "@/lib/format/duration";
import { TASK_TONE } from "./job-look";

type Props = { task: JobTask; jobs: Jobs; now: number | null };

/** Where a task stands: how long it took, its phase, or why it waits. */
export function TaskStatus({ task, jobs, now }: Props) {
  const isRetrying = task.status === "runnable" && task.retryCount > 0;
  const tone = isRetrying ? "warn" : TASK_TONE[task.status];
  const message = firstLine(task.message);
  return (
    <span className={task.status === "done" ? undefined : TONE_TEXT[tone]} title={task.message ?? undefined}>
      {words(task, jobs, now)}
      {message !== null && <SrOnly>: {message}</SrOnly>}
    </span>
  );
}

function words(task: JobTask, jobs: Jobs, now: number | null): string {
  const seen = jobs.record?.tasks[task.taskId];
  if (task.status === "done" && seen && seen.startedAt !== null && seen.finishedAt !== null) {
    return formatDuration(Math.max(0.1, (seen.finishedAt - seen.startedAt) / 1000));
  }
  if (task.status !== "running" || task.blockedBy !== null) return taskWords(task, jobs, now);
  const phase = progressOfTask(task, jobs.progress)?.phase;
  const since = seen && seen.startedAt !== null && now !== null ? formatDuration((now - seen.startedAt) / 1000) : null;
  return [phase ?? "running", since].filter(Boolean).join(", ");
}
