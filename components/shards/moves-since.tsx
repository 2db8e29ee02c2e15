"use client";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Moves } from "@/lib/domain/layout-moves";
import { movesSentence, shortfallOf } from "@/lib/domain/moves-since";
import { dayAndTime } from "@/lib/format/time";
import { layoutQueries } from "@/lib/queries/layout-history";
import { MovesTable } from "./moves-table";

type Props = {
  clusterId: ClusterId;
  /** null: there was no rebalance. */
  from: number | null;
  now: number;
  areJobsKnown: boolean;
};

export function MovesSince({ clusterId, from, now, areJobsKnown }: Props) {
  const query = useQuery({ ...layoutQueries.movesSince(clusterId, from ?? 0), enabled: from !== null });
  if (from === null)
    return areJobsKnown ? (
      <EmptyState kind="nothing-yet">No rebalance is on record at the coordinator.</EmptyState>
    ) : (
      <SkeletonRows rows={6} label="Reading the jobs" />
    );
  if (query.data) return <Listed clusterId={clusterId} moves={query.data} from={from} now={now} />;
  if (query.error) return <ProblemBanner className="m-3" problem={problemOf(query.error)} />;
  return <SkeletonRows rows={6} label="Reading the kept layouts" />;
}

function Listed({ clusterId, moves, from, now }: { clusterId: ClusterId; moves: Moves; from: number; now: number }) {
  const shortfall = shortfallOf(moves, from, now);
  if (moves.since === null)
    return (
      <EmptyState kind="nothing-yet" detail="The console keeps every change of the layout while it runs, for 90 days.">
        No layout is on record yet.
      </EmptyState>
    );
  if (moves.events.length === 0)
    return (
      <EmptyState kind="nothing-yet" {...(shortfall !== null && { detail: shortfall })}>
        {`Nothing moved since ${dayAndTime(from)}.`}
      </EmptyState>
    );
  return (
    <>
      <p className="border-line border-b px-3 py-2">
        {`Since ${dayAndTime(from)}: ${movesSentence(moves.events)}`}
        {shortfall !== null && <span className="block text-12 text-text-2">{shortfall}</span>}
      </p>
      <MovesTable clusterId={clusterId} events={moves.events} />
    </>
  );
}
