"use client";
import type { ReactNode } from "react";
import { type Problem, ProblemError } from "@/lib/errors";
import { ProblemBanner } from "./problem-banner";
import { Time } from "./time";

/** The part of a react-query result that is needed here, so that a test can write one down. */
type QueryLike<T> = { isPending: boolean; data: T | undefined; error: Error | null; dataUpdatedAt: number };

type Props<T> = { query: QueryLike<T>; skeleton: ReactNode; children: (value: T) => ReactNode };

/** First load: the skeleton. First failure: the problem. After that always the last good data, with a banner when it is old. */
export function QueryState<T>({ query, skeleton, children }: Props<T>) {
  if (query.isPending && query.error === null) return skeleton;
  const { data, error } = query;
  return (
    <>
      {error !== null && (
        <ProblemBanner
          problem={problemOf(error)}
          tone={data === undefined ? "bad" : "warn"}
          {...(data !== undefined && {
            consequence: (
              <>
                What is shown was true at <Time at={query.dataUpdatedAt} show="time" />.
              </>
            ),
          })}
        />
      )}
      {data !== undefined && children(data)}
    </>
  );
}

/** How Chromium, Firefox and Safari say that a request never got an answer. */
const NO_ANSWER = /^(Failed to fetch|NetworkError when attempting|Load failed|network error)/i;

/** Anything that is not a problem from the server is the network's fault, or the console's own. */
export function problemOf(error: Error): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof TypeError && NO_ANSWER.test(error.message))
    return {
      code: "console_unreachable",
      detail: `The browser says: ${error.message}.`,
      traceId: "none: it happened in the browser",
    };
  return { code: "internal", detail: error.message, traceId: "none: it happened in the browser" };
}
