import { LagChart } from "@/components/charts/lag-chart";
import { EmptyState } from "@/components/ui/empty-state";
import { nodeColour } from "@/components/ui/node-colour";
import { Panel, TitledPanel } from "@/components/ui/panel";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { isCoordinator } from "@/lib/domain/node";
import { lagOf, type Replication } from "@/lib/domain/replication";
import { countOf } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";

/** The lag of every standby over the last 15 minutes, small. */
export function ReplayLag({ picture, replication }: { picture: ClusterPicture; replication: Replication | null }) {
  if (!replication) {
    return (
      <TitledPanel title="Replay lag">
        <SkeletonRows rows={3} label="Reading replication" />
      </TitledPanel>
    );
  }
  const standbys = replication.standbys.filter((one) => one.kind === "standby");
  if (standbys.length === 0) {
    return (
      <TitledPanel title="Replay lag">
        <EmptyState kind="nothing-yet" detail="Nothing streams from the nodes that answered.">
          No standby.
        </EmptyState>
      </TitledPanel>
    );
  }
  const worst = standbys.reduce((a, b) => ((lagOf(b)?.seconds ?? 0) > (lagOf(a)?.seconds ?? 0) ? b : a));
  const series = standbys.map((one) => {
    const node = picture.nodes.find((candidate) => candidate.id === one.nodeId);
    return {
      id: one.key,
      label: picture.names.get(one.nodeId) ?? one.name,
      colour: nodeColour(one.nodeId, node !== undefined && isCoordinator(node)),
      values: replication.history.series.find((line) => line.key === one.key)?.values ?? [],
      strong: one === worst && (lagOf(one)?.seconds ?? 0) > 0,
    };
  });
  const seconds = lagOf(worst)?.seconds ?? 0;
  return (
    <Panel label="Replay lag">
      <LagChart
        title="Replay lag"
        context={`${countOf(standbys.length, "standby", "standbys")}, 15 min`}
        times={replication.history.times}
        series={series}
        format={formatDuration}
        sentence={
          seconds === 0
            ? "Every standby has replayed everything."
            : `${worst.name} is ${formatDuration(Math.round(seconds))} behind.`
        }
      />
      {series.some((line) => line.values.includes(null)) && (
        <p className="px-3 pb-2 text-11 text-text-3">Where there is no line, nothing was read.</p>
      )}
    </Panel>
  );
}
