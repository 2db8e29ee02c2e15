import type { LagSeries } from "@/components/charts/lag-series";
import { nodeColour } from "@/components/ui/node-colour";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { partsOfKey } from "@/lib/domain/replication";
import { nodeNamer } from "@/lib/domain/silent-nodes";
import { formatDuration } from "@/lib/format/duration";

type Line = { key: string; values: readonly (number | null)[] };

/** One line per standby, named after its node where that is enough. The worst one now is the thick line. */
export function lagLines(series: readonly Line[], nodes: readonly ClusterNode[]): LagSeries[] {
  const nameOf = nodeNamer(nodes);
  const lines = series.map(({ key, values }) => {
    const { nodeId, name } = partsOfKey(key);
    const node = nodes.find((one) => one.id === nodeId);
    const siblings = series.filter((other) => partsOfKey(other.key).nodeId === nodeId).length;
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

/** The chart in words. `span` is how far it looks back: "24 hours". */
export function lagSentence(lines: readonly LagSeries[], span: string): string {
  const now = lines.map(({ label, values }) => {
    const value = values.at(-1) ?? null;
    return `${label} ${value === null ? "unknown" : formatDuration(value)}`;
  });
  const most = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  return `Replay lag now: ${now.join(", ")}; ${formatDuration(most)} at most in the last ${span}.`;
}
