import type { Job, Watched } from "./job";

/** A span of a run in which nobody looked. */
export type Gap = { from: number; to: number };

/** A shorter time before the first look or after the last is the pace of looking, not a gap. */
const SHORTEST_GAP_MS = 5_000;

/** When a run was not looked at: before the first look, between two spans of looking, and after the last until its end. */
export function gapsOf(watched: readonly Watched[], job: Pick<Job, "startedAt" | "finishedAt">): Gap[] {
  const ends = [job.startedAt, ...watched.flat(), job.finishedAt];
  const gaps: Gap[] = [];
  for (let at = 0; at < ends.length; at += 2) {
    const [from, to] = [ends[at] ?? null, ends[at + 1] ?? null];
    if (from !== null && to !== null && to - from > SHORTEST_GAP_MS) gaps.push({ from, to });
  }
  return gaps;
}
