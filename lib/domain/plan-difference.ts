import type { ChangePlan } from "./change";

/** What a plan gained and lost since somebody read it. Lines are statements, or notes in their own words. */
export type PlanDifference = { added: string[]; removed: string[] };

/**
 * Compares the plan that was confirmed with the one that would run now. Only what decides what happens: the statements, the notes,
 * what it hangs on, what has to be typed, and as whom it runs. Estimates of time may differ from one look to the next without any meaning.
 */
export function planDifference(before: ChangePlan, now: ChangePlan): PlanDifference {
  const old = linesOf(before);
  const fresh = linesOf(now);
  return { added: without(fresh, old), removed: without(old, fresh) };
}

function linesOf(plan: ChangePlan): string[] {
  return [
    ...plan.steps.flatMap((step) => step.sql),
    ...plan.notes.map((note) => note.text),
    ...plan.basis,
    ...(plan.typed === null ? [] : [`To be typed: ${plan.typed}`]),
    `Runs as ${plan.login}`,
  ];
}

/** Elements of `lines` that `others` lacks; one that stands twice has to be there twice. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const rest = [...others];
  return lines.filter((line) => {
    const at = rest.indexOf(line);
    if (at < 0) return true;
    rest.splice(at, 1);
    return false;
  });
}
