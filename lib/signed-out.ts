import { type Problem, ProblemError } from "./errors";

/** That this tab's session is over, as one answer of the server said; one for the whole tab. */
let over: Problem | null = null;
const listeners = new Set<() => void>();

function tell(problem: Problem | null): void {
  over = problem;
  for (const listener of listeners) listener();
}

/** To be called with every failure of a read or a deed. Whether it is really over is for whoever shows it to ask once more. */
export function noticeSignedOut(error: unknown): void {
  if (error instanceof ProblemError && error.problem.code === "not_signed_in" && over === null) tell(error.problem);
}

export function signedInAgain(): void {
  if (over !== null) tell(null);
}

export const signedOutStore = {
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  get: (): Problem | null => over,
};
