import { isJobOpen, type Job, type Jobs, type JobTask, type MoveProgress } from "./job";

/** A task that works now, with what get_rebalance_progress() says of it; null: it says nothing (between two phases, or no move). */
export type CurrentTask = { task: JobTask; progress: MoveProgress | null };

/** One job as a person follows it. */
export type JobProgress = {
  job: Job;
  isOpen: boolean;
  done: number;
  total: number;
  current: CurrentTask[];
  /** Tasks that failed at least once and will be tried again: a broken job looks "running" for half an hour. */
  retrying: JobTask[];
};

/** null: the topic does not hold this job (yet). Tasks and moves are known of the newest job only. */
export function jobProgress(jobs: Jobs, jobId: number): JobProgress | null {
  const job = jobs.jobs.find((candidate) => candidate.jobId === jobId);
  if (!job) return null;
  const tasks = jobs.jobs[0]?.jobId === jobId ? jobs.tasks : [];
  return {
    job,
    isOpen: isJobOpen(job),
    done: job.taskCounts.done ?? 0,
    total: Object.values(job.taskCounts).reduce((sum, count) => sum + (count ?? 0), 0),
    current: tasks
      .filter((task) => task.status === "running")
      .map((task) => ({ task, progress: jobs.progress.find((move) => move.sessionId === task.pid) ?? null })),
    retrying: tasks.filter((task) => task.status === "runnable" && task.retryCount > 0),
  };
}
