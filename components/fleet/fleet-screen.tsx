import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import type { FleetCluster } from "@/lib/domain/fleet";
import { countOf } from "@/lib/format/count";
import { FleetRow } from "./fleet-row";

type Props = { clusters: readonly FleetCluster[]; name: string; isAnyConfigured: boolean };

/** Every cluster on which the person has a role: which one needs somebody, and the way into each. */
export function FleetScreen({ clusters, name, isAnyConfigured }: Props) {
  if (clusters.length === 0) return <NoCluster name={name} isAnyConfigured={isAnyConfigured} />;
  return (
    <Panel label={countOf(clusters.length, "cluster")}>
      <ul className="divide-y divide-line">
        {clusters.map((cluster) => (
          <FleetRow key={cluster.label.id} cluster={cluster} />
        ))}
      </ul>
    </Panel>
  );
}

function NoCluster({ name, isAnyConfigured }: Pick<Props, "name" | "isAnyConfigured">) {
  if (isAnyConfigured)
    return (
      <EmptyState kind="not-allowed" detail="Ask somebody who manages people in this console for a role.">
        You are signed in as {name} and have no role on any cluster.
      </EmptyState>
    );
  return (
    <EmptyState
      kind="nothing-yet"
      detail="Describe one in shardboard.yaml, or set CITUS_URL to its coordinator, and start the console again."
    >
      No cluster is configured.
    </EmptyState>
  );
}
