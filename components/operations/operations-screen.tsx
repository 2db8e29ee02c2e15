"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { LiveState } from "@/components/live/live-state";
import { ScreenHead } from "@/components/shell/screen-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TitledPanel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { isOpenRun, type Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { countOf } from "@/lib/format/count";
import { runQueries } from "@/lib/queries/changes";
import { keptRuns } from "@/lib/queries/runs";
import { routes } from "@/lib/routes";
import { OperationsTable } from "./operations-table";

/** As many as the live topic brings at most: only then may there be older ones. */
const IN_TOPIC = 100;

/** Everything that was changed from this console, whichever of its processes did it: what runs, what needs somebody, what is over. */
export function OperationsScreen({ clusterId }: { clusterId: ClusterId }) {
  const runs = useQuery(runQueries.list(clusterId));
  return (
    <LiveState query={runs} skeleton={<SkeletonRows rows={12} label="The operations are being read" />}>
      {(known) => <Operations clusterId={clusterId} newest={known.runs} />}
    </LiveState>
  );
}

function Operations({ clusterId, newest }: { clusterId: ClusterId; newest: readonly Run[] }) {
  const router = useRouter();
  const oldest = newest.at(-1)?.startedAt ?? 0;
  const older = useInfiniteQuery(keptRuns.older(clusterId, oldest));
  const runs = [...newest, ...(older.data?.pages.flat() ?? [])];
  const mayBeMore =
    newest.length >= IN_TOPIC && (older.data === undefined || older.data.pages.at(-1)?.length === IN_TOPIC);
  const open = runs.filter(isOpenRun).length;
  const asking = runs.filter((run) => run.state === "unknown" && run.closed === null).length;
  return (
    <>
      <ScreenHead title="Operations" context={contextOf(open, asking)} />
      <TitledPanel title="Operations" note="newest first">
        {runs.length === 0 ? (
          <EmptyState
            kind="nothing-yet"
            detail="Each change that is confirmed on a screen stands here with its steps and its end."
          >
            Nothing was changed from here yet.
          </EmptyState>
        ) : (
          <OperationsTable runs={runs} onOpen={(run) => router.push(routes.operation(clusterId, run.id))} />
        )}
        {older.error && <ProblemBanner className="m-3" problem={problemOf(older.error)} />}
        {mayBeMore && (
          <div className="border-line border-t px-3 py-2">
            <Button
              size="sm"
              busy={older.isFetching}
              onClick={() => void (older.data === undefined ? older.refetch() : older.fetchNextPage())}
            >
              Load older operations
            </Button>
          </div>
        )}
      </TitledPanel>
    </>
  );
}

function contextOf(open: number, asking: number): string {
  const running = open === 0 ? "nothing runs" : `${countOf(open, "operation")} under way`;
  return asking === 0 ? running : `${running}, ${asking} ${asking === 1 ? "needs" : "need"} somebody to look`;
}
