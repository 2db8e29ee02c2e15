"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Time } from "@/components/ui/time";
import type { Live } from "@/lib/queries/live";

type Props<T> = {
  query: Pick<UseQueryResult<Live<T>>, "data" | "error" | "isPending">;
  skeleton: ReactNode;
  children: (data: T, live: Live<T>) => ReactNode;
};

/**
 * A live topic on screen. Never read: the skeleton. Failed before anything was read: the problem. After that always the
 * last good data, under a banner that says how old it is and why newer does not come.
 */
export function LiveState<T>({ query, skeleton, children }: Props<T>) {
  const live = query.data;
  if (!live) return query.error ? <ProblemBanner problem={problemOf(query.error)} /> : skeleton;
  // Our own server is gone: react-query keeps the last answer and adds the error.
  const problem = query.error ? problemOf(query.error) : live.problem;
  if (live.data === null) return problem ? <ProblemBanner problem={problem} /> : skeleton;
  return (
    <>
      {problem && (
        <ProblemBanner
          problem={problem}
          tone="warn"
          {...(live.ageMs !== null && { consequence: <ReadAgo at={live.receivedAt - live.ageMs} /> })}
        />
      )}
      {children(live.data, live)}
    </>
  );
}

/** By this page's own clock: when our server is gone nobody renews the age. */
function ReadAgo({ at }: { at: number }) {
  return (
    <>
      What is shown was read <Time at={at} />.
    </>
  );
}
