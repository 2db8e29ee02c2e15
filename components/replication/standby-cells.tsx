import clsx from "clsx";
import type { ReactNode } from "react";
import { NodeName } from "@/components/ui/node-name";
import { Bytes, Duration } from "@/components/ui/quantity";
import { StatusWord } from "@/components/ui/status-word";
import { Unknown } from "@/components/ui/unknown";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { BEHIND_FROM_SECONDS, type Behind, type Standby, standbyHealth } from "@/lib/domain/replication";
import { lagWords } from "@/lib/domain/replication-verdict";
import { nodeNamer } from "@/lib/domain/silent-nodes";

export function OfNode({ nodeId, nodes }: { nodeId: number; nodes: readonly ClusterNode[] }) {
  const node = nodes.find((one) => one.id === nodeId);
  const nameOf = nodeNamer(nodes);
  if (!node) return nameOf(nodeId);
  return (
    <NodeName
      nodeId={node.id}
      host={node.host}
      port={node.port}
      isCoordinator={isCoordinator(node)}
      short={nameOf(nodeId)}
    />
  );
}

/** PostgreSQL's word, unless it says "streaming" of a standby that does not keep up. */
export function StandbyState({ standby }: { standby: Standby }) {
  const health = standbyHealth(standby);
  if (health === "unknown") return <Unknown because="the login may not see it; grant it pg_monitor" />;
  if (health === "ok") return <StatusWord tone="ok">streaming</StatusWord>;
  if (health === "behind") return <StatusWord tone="warn">behind</StatusWord>;
  return (
    <StatusWord tone="info" icon="running">
      {standby.state}
    </StatusWord>
  );
}

type LagProps = { seconds: number | null; bytes: number | null; unknown: string };

/** The two measures of one stage in one cell: PostgreSQL's time, and the bytes that are left. */
export function StageLag({ seconds, bytes, unknown }: LagProps) {
  return (
    <span className="inline-grid grid-cols-[auto_58px] gap-x-2">
      <Duration value={seconds} unknown={unknown} />
      <span className="text-text-3">
        <Bytes value={bytes} unknown="the standby has not told its position" />
      </span>
    </span>
  );
}

export function BehindCell({ behind }: { behind: Behind | null }): ReactNode {
  if (behind === null)
    return <Unknown because="the console has looked only once, or the standby has not told its position" />;
  const isLate = behind.seconds >= BEHIND_FROM_SECONDS;
  return (
    <span className={clsx(isLate && "font-medium text-warn")}>
      {behind.atLeast ? `≥ ${lagWords({ ...behind, atLeast: false })}` : lagWords(behind)}
    </span>
  );
}
