"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { LagChart } from "@/components/charts/lag-chart";
import { EmptyState } from "@/components/ui/empty-state";
import { PanelHead } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import { HISTORY_SPANS, type History, type HistorySpan } from "@/lib/domain/history";
import type { ClusterNode } from "@/lib/domain/node";
import { formatDuration } from "@/lib/format/duration";
import { dateAndTime } from "@/lib/format/time";
import { historyQueries } from "@/lib/queries/history";
import { lagLines, lagSentence } from "./lag-lines";

type Props = { clusterId: ClusterId; span: HistorySpan; nodes: readonly ClusterNode[]; aside: ReactNode };

/** Replay lag from what the console has kept: of each step the greatest lag, because a peak matters more than a mean. */
export function LagHistory({ clusterId, span, nodes, aside }: Props) {
  const query = useQuery(historyQueries.latest(clusterId, "lag-seconds", span));
  const history = query.data;
  if (history && history.lines.length > 0) return <Kept history={history} span={span} nodes={nodes} aside={aside} />;
  return (
    <>
      <PanelHead title="Replay lag">{aside}</PanelHead>
      {history ? (
        <EmptyState
          kind="nothing-yet"
          detail="The console measures every standby's lag every 10 seconds while it runs, whether anybody looks or not."
        >
          {history.since === null
            ? "No lag is on record yet."
            : `Nothing is on record of the last ${span}; the record begins ${dateAndTime(history.since)}.`}
        </EmptyState>
      ) : query.error ? (
        <ProblemBanner problem={problemOf(query.error)} tone="warn" consequence="The live values are not concerned." />
      ) : (
        <SkeletonRows rows={5} label="Reading the kept history" />
      )}
    </>
  );
}

function Kept({ history, span, nodes, aside }: Omit<Props, "clusterId"> & { history: History }) {
  const { lines, times, stepMs, since } = history;
  const drawn = lagLines(
    lines.map(({ key, high }) => ({ key, values: high })),
    nodes,
  );
  const isYoung = since !== null && since > Date.now() - HISTORY_SPANS[span];
  const context = [
    `last ${span}, the greatest of each ${formatDuration(stepMs / 1000)}`,
    ...(isYoung ? [`collected since ${dateAndTime(since)}`] : []),
  ].join("; ");
  return (
    <LagChart
      title="Replay lag"
      context={context}
      aside={aside}
      times={times}
      series={drawn}
      format={formatDuration}
      sentence={lagSentence(drawn, span)}
      height={180}
    />
  );
}
