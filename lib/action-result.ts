import { type Problem, ProblemError } from "./errors";
import { visibleAnswer } from "./format/visible";

/** What a server action returns: thrown messages are hidden in production, so failures travel as values. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; problem: Problem };

/** The data as it is drawn, or a ProblemError: turns an action into what react-query expects. */
export async function unwrap<T>(result: Promise<ActionResult<T>>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new ProblemError(visibleAnswer(settled.problem));
  return visibleAnswer(settled.data);
}
