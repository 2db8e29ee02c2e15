"use client";
import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { LiveState } from "@/components/live/live-state";
import { Button } from "@/components/ui/button";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { MovePace } from "@/lib/domain/move-pace";
import { rebalanceQueries } from "@/lib/queries/rebalance";
import { useClusterPicture } from "@/lib/queries/topology";
import { useWhatIfChoice } from "./use-what-if-choice";
import { WhatIfBench } from "./what-if-bench";

type Props = {
  clusterId: ClusterId;
  mode: string;
  /** What a move costs here in this mode; undefined: none ran yet. */
  pace: MovePace | undefined;
};

/** Clusters that are not there: what each strategy would do with them. Opened by hand, so that nobody pays for it who does not ask. */
export function WhatIfPanel({ clusterId, mode, pace }: Props) {
  const choice = useWhatIfChoice();
  const id = useId();
  return (
    <section aria-label="What if" className="border-line border-t px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-13 leading-5">What if</h2>
        <p className="min-w-0 flex-1 text-12 text-text-3">
          More nodes, one fewer, a larger one, more shards, another threshold: planned here by Citus' algorithm. Nothing
          is sent to the cluster.
        </p>
        <Button size="sm" aria-expanded={choice.isOpen} aria-controls={id} onClick={() => choice.open(!choice.isOpen)}>
          {choice.isOpen ? "Close the bench" : "Open the bench"}
        </Button>
      </div>
      <div id={id}>{choice.isOpen && <Open clusterId={clusterId} mode={mode} pace={pace} choice={choice} />}</div>
    </section>
  );
}

function Open({ clusterId, mode, pace, choice }: Props & { choice: ReturnType<typeof useWhatIfChoice> }) {
  const picture = useClusterPicture(clusterId);
  const facts = useQuery(rebalanceQueries.plannerFacts(clusterId));
  if (facts.error) {
    return (
      <ProblemBanner
        className="mt-3"
        problem={problemOf(facts.error)}
        consequence="The strategies could not be read."
      />
    );
  }
  return (
    <LiveState query={picture} skeleton={<Skeleton className="mt-3 h-40 w-full" />}>
      {(known) =>
        facts.data ? (
          <WhatIfBench picture={known} facts={facts.data} mode={mode} pace={pace} choice={choice} />
        ) : (
          <Skeleton className="mt-3 h-40 w-full" />
        )
      }
    </LiveState>
  );
}
