"use client";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { TitledPanel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import { endOf, HISTORY_SPANS } from "@/lib/domain/history";
import type { NodeRow } from "@/lib/domain/node-rows";
import { dateAndTime } from "@/lib/format/time";
import { GROWTH_SPAN, historyQueries } from "@/lib/queries/history";
import { GrowthTable } from "./growth-table";

/** How fast each node's data and disk change, and when a disk is full if it goes on like that. */
export function GrowthPanel({ clusterId, rows }: { clusterId: ClusterId; rows: readonly NodeRow[] }) {
  const bytes = useQuery(historyQueries.latest(clusterId, "node-bytes", GROWTH_SPAN));
  const free = useQuery(historyQueries.latest(clusterId, "disk-free", GROWTH_SPAN));
  const error = bytes.error ?? free.error;
  const since = bytes.data?.since ?? null;
  const isYoung = bytes.data && since !== null && since > endOf(bytes.data) - HISTORY_SPANS[GROWTH_SPAN];
  const context = `last ${GROWTH_SPAN}${isYoung ? `, known since ${dateAndTime(since)}` : ""}`;
  return (
    <TitledPanel title="Growth" note={context}>
      {error && (
        <ProblemBanner
          className="m-3"
          problem={problemOf(error)}
          tone="warn"
          consequence="How the nodes grow is not known. The numbers above are current."
        />
      )}
      {bytes.data && free.data ? (
        bytes.data.lines.length === 0 && free.data.lines.length === 0 ? (
          <EmptyState
            kind="nothing-yet"
            detail="The console measures sizes and disks at least every 5 minutes while it runs. A trend needs a day."
          >
            No size is on record yet.
          </EmptyState>
        ) : (
          <GrowthTable rows={rows} bytes={bytes.data} free={free.data} />
        )
      ) : (
        !error && <SkeletonRows rows={3} label="Reading the kept history" />
      )}
    </TitledPanel>
  );
}
