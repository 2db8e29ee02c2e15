"use client";
import { useQuery } from "@tanstack/react-query";
import { PastProvider } from "@/components/live/past";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { StatusWord } from "@/components/ui/status-word";
import type { ClusterId } from "@/lib/domain/cluster";
import type { AboutLayout } from "@/lib/domain/kept-layout";
import { dayAndTime } from "@/lib/format/time";
import { layoutQueries } from "@/lib/queries/layout-history";
import { ShardsSkeleton } from "./shards-skeleton";
import { ShardsView } from "./shards-view";

type Props = { clusterId: ClusterId; at: number; onNow: () => void };

/** The map as it was: a banner that says so, and everything that would change or ask the cluster is off. */
export function PastShards({ clusterId, at, onNow }: Props) {
  const { data, error } = useQuery(layoutQueries.at(clusterId, at));
  return (
    <>
      <div
        role="status"
        className="-mx-5 flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-info-weak px-5 py-1.5 text-12 max-md:-mx-3 max-md:px-3"
      >
        <StatusWord tone="info" className="whitespace-normal!">
          {`You look at ${dayAndTime(at)}; nothing here can be changed.`}
        </StatusWord>
        {data && !error && <span className="text-text-2">{aboutSentence(data.about)}</span>}
        <Button size="sm" className="ml-auto" onClick={onNow}>
          Back to now
        </Button>
      </div>
      {error ? (
        <ProblemBanner problem={problemOf(error)} tone="warn" consequence="Now is not concerned." />
      ) : !data ? (
        <ShardsSkeleton />
      ) : data.picture.groupColumns.count === 0 ? (
        <EmptyState kind="nothing-yet">No table was distributed then.</EmptyState>
      ) : (
        <PastProvider at={at}>
          <ShardsView clusterId={clusterId} picture={data.picture} jobs={null} />
        </PastProvider>
      )}
    </>
  );
}

/** What is known of the moment beside the layout itself. */
function aboutSentence({ measuredAt, changedAt, unsureUntil }: AboutLayout): string {
  return [
    measuredAt === null ? "No sizes of that day are on record." : `Sizes are those of ${dayAndTime(measuredAt)}.`,
    changedAt === null ? "" : `The last change before was seen ${dayAndTime(changedAt)}.`,
    unsureUntil === null
      ? ""
      : `Nobody looked until ${dayAndTime(unsureUntil)}: the change that was seen then may have happened before this moment.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}
