"use client";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { problemOf } from "@/components/ui/query-state";
import { TONE_ICON, TONE_TEXT } from "@/components/ui/tone";
import { Tooltip } from "@/components/ui/tooltip";
import { Verdict } from "@/components/ui/verdict";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterNode } from "@/lib/domain/node";
import type { Replication } from "@/lib/domain/replication";
import { replicationVerdict } from "@/lib/domain/replication-verdict";
import { nodeNamer } from "@/lib/domain/silent-nodes";
import { useReadReplicationNow } from "@/lib/queries/replication";

type Props = { clusterId: ClusterId; replication: Replication; nodes: readonly ClusterNode[]; isMoving: boolean };

export function ReplicationVerdictPanel({ clusterId, replication, nodes, isMoving }: Props) {
  const reading = useReadReplicationNow(clusterId);
  const { tone, fact, meaning } = replicationVerdict(replication, nodeNamer(nodes), isMoving);
  const failed = reading.error ? problemOf(reading.error).detail : undefined;
  return (
    <Verdict
      actions={
        <Tooltip text={failed ?? "Reads pg_stat_replication of every node once, for everybody"}>
          <Button icon="refresh" busy={reading.isPending} onClick={() => reading.mutate()}>
            {failed === undefined ? "Read now" : "Read failed"}
          </Button>
        </Tooltip>
      }
    >
      <span className={TONE_TEXT[tone]}>
        <Icon name={TONE_ICON[tone]} className="mr-2 mb-0.5 inline-block! size-4.5" />
      </span>
      <strong>{fact}</strong> {meaning}
    </Verdict>
  );
}
