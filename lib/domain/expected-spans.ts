import { isJobOpen, type Jobs } from "./job";
import { progressOfTask, taskFraction } from "./job-work";
import { paceOf, secondsFor, secondsLeft, timingOf } from "./move-pace";

export type Span = readonly [from: number, to: number];

/**
 * When the moves that are not over may run, one after another: how long each is comes from the moves that are done, and all
 * together from the time that is left. Empty: nothing is known to expect by.
 */
export function expectedSpans(jobs: Jobs): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  const left = secondsLeft(jobs);
  const job = jobs.jobs[0];
  if (left === null || jobs.clock === null || !job || !isJobOpen(job)) return spans;
  const moves = jobs.tasks.filter((task) => task.move !== null);
  const pace = paceOf(moves.flatMap((task) => timingOf(jobs, task))) ?? {
    secondsPerMove: 1,
    secondsPerByte: 0,
    from: 0,
  };
  const parts = moves
    .filter((task) => task.status === "running" || task.status === "runnable" || task.status === "blocked")
    .map((task) => {
      const whole = secondsFor(pace, [jobs.record?.tasks[task.taskId]?.bytes ?? null]);
      return { task, weight: whole * (1 - taskFraction(task, progressOfTask(task, jobs.progress))) };
    })
    .sort((a, b) => Number(b.task.status === "running") - Number(a.task.status === "running"));
  const total = parts.reduce((sum, part) => sum + part.weight, 0);
  let cursor = jobs.clock;
  for (const { task, weight } of parts) {
    const end = cursor + (total > 0 ? (weight / total) * left * 1000 : 0);
    spans.set(task.taskId, [cursor, end]);
    cursor = end;
  }
  return spans;
}
