import type { LayoutMarks } from "./layout-moves";

type Marks = LayoutMarks["marks"];

/** Before the last change that had been seen by then; null: there is none. */
export function earlierMoment(marks: Marks, at: number): number | null {
  const last = marks.findLast((mark) => mark.at <= at && mark.after < at);
  return last ? last.after : null;
}

/** After the next change that had not been seen by then; null: there is none. */
export function laterMoment(marks: Marks, at: number): number | null {
  return marks.find((mark) => mark.at > at)?.at ?? null;
}

/** Marks that would lie on each other are drawn as one: at most so many, each with where it stands, 0 to 1. */
export function drawnMarks({ marks, since, until }: LayoutMarks, most: number): { place: number; moved: boolean }[] {
  if (since === null || until === null || until <= since) return [];
  const steps = new Map<number, boolean>();
  for (const { at, moved } of marks) {
    const step = Math.round(((at - since) / (until - since)) * most);
    if (step >= 0 && step <= most) steps.set(step, moved > 0 || steps.get(step) === true);
  }
  return [...steps].map(([step, moved]) => ({ place: step / most, moved }));
}
