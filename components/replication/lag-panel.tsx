import { LagChart } from "@/components/charts/lag-chart";
import type { LagSeries } from "@/components/charts/lag-series";
import { nodeColour } from "@/components/ui/node-colour";
import { Panel } from "@/components/ui/panel";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { partsOfKey, type Replication } from "@/lib/domain/replication";
import { nodeNamer } from "@/lib/domain/silent-nodes";
import { formatDuration } from "@/lib/format/duration";

type Props = { replication: Replication; nodes: readonly ClusterNode[]; readAt: number };

/** Replay lag of every standby over the last quarter of an hour. The worst one now is the thick line. */
export function LagPanel({ replication, nodes, readAt }: Props) {
  const { times, series } = replication.history;
  if (series.length === 0) return null;
  // The times are of the console's clock; the axis is the reader's.
  const shift = readAt - (times.at(-1) ?? readAt);
  const lines = linesOf(replication, nodes);
  return (
    <Panel label="Replay lag" className="flex-none">
      <LagChart
        title="Replay lag"
        context="last 15 min; empty while nobody watched"
        times={times.map((at) => at + shift)}
        series={lines}
        format={formatDuration}
        sentence={sentenceOf(lines)}
        height={180}
      />
    </Panel>
  );
}

function linesOf({ history }: Replication, nodes: readonly ClusterNode[]): LagSeries[] {
  const nameOf = nodeNamer(nodes);
  const lines = history.series.map(({ key, values }) => {
    const { nodeId, name } = partsOfKey(key);
    const node = nodes.find((one) => one.id === nodeId);
    const siblings = history.series.filter((other) => partsOfKey(other.key).nodeId === nodeId).length;
    return {
      id: key,
      // A node with one standby names it well enough; the table has the standby's own name.
      label: siblings === 1 ? `of ${nameOf(nodeId)}` : name,
      colour: nodeColour(nodeId, node ? isCoordinator(node) : true),
      values,
    };
  });
  const worst = lines.toSorted((a, b) => latest(b.values) - latest(a.values))[0];
  return lines.map((line) => (line === worst && latest(line.values) > 0 ? { ...line, strong: true } : line));
}

const latest = (values: readonly (number | null)[]) => values.at(-1) ?? -1;

function sentenceOf(lines: readonly LagSeries[]): string {
  const now = lines.map(({ label, values }) => {
    const value = values.at(-1) ?? null;
    return `${label} ${value === null ? "unknown" : formatDuration(value)}`;
  });
  const most = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return `Replay lag now: ${now.join(", ")}; ${formatDuration(most)} at most in the last 15 minutes.`;
}
