import type { Jobs } from "./job";
import { timeLeft } from "./time-left";

export type Span = readonly [from: number, to: number];

/** When the moves that are not over may run, one after another. Empty: nothing is known to expect by. */
export function expectedSpans(jobs: Jobs): ReadonlyMap<number, Span> {
  const spans = new Map<number, Span>();
  let cursor = jobs.clock ?? 0;
  for (const { task, seconds } of timeLeft(jobs)?.moves ?? []) {
    const end = cursor + seconds * 1000;
    spans.set(task.taskId, [cursor, end]);
    cursor = end;
  }
  return spans;
}
