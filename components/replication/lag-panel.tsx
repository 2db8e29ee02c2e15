"use client";
import { useState } from "react";
import { LagChart } from "@/components/charts/lag-chart";
import { Panel } from "@/components/ui/panel";
import { Segmented } from "@/components/ui/segmented";
import type { ClusterId } from "@/lib/domain/cluster";
import { HISTORY_SPANS, type HistorySpan } from "@/lib/domain/history";
import type { ClusterNode } from "@/lib/domain/node";
import type { Replication } from "@/lib/domain/replication";
import { formatDuration } from "@/lib/format/duration";
import { LagHistory } from "./lag-history";
import { lagLines, lagSentence } from "./lag-lines";

type Props = {
  clusterId: ClusterId;
  replication: Replication;
  nodes: readonly ClusterNode[];
  /** By the reader's clock. */
  readAt: number;
};

const LIVE: HistorySpan = "15 min";
const SPANS = (Object.keys(HISTORY_SPANS) as HistorySpan[]).map((span) => ({ value: span, label: span }));

/** Replay lag of every standby: the last quarter of an hour as it comes, or further back from what the console has kept. */
export function LagPanel({ clusterId, replication, nodes, readAt }: Props) {
  const [span, setSpan] = useState<HistorySpan>(LIVE);
  const { times, series } = replication.history;
  if (series.length === 0 && replication.standbys.length === 0) return null;
  const choice = <Segmented label="How far back" value={span} options={SPANS} onChange={setSpan} />;
  if (span !== LIVE)
    return (
      <Panel label="Replay lag" className="flex-none">
        <LagHistory clusterId={clusterId} span={span} nodes={nodes} aside={choice} />
      </Panel>
    );
  // The times are of the console's clock; the axis is the reader's.
  const shift = readAt - (times.at(-1) ?? readAt);
  const lines = lagLines(series, nodes);
  return (
    <Panel label="Replay lag" className="flex-none">
      <LagChart
        title="Replay lag"
        context="last 15 min; empty where nothing was measured"
        aside={choice}
        times={times.map((at) => at + shift)}
        series={lines}
        format={formatDuration}
        sentence={lagSentence(lines, "15 minutes")}
        height={180}
      />
    </Panel>
  );
}
