"use client";
import { useQuery } from "@tanstack/react-query";
import { LiveState } from "@/components/live/live-state";
import { SilentNote } from "@/components/live/silent-note";
import { ScreenHead } from "@/components/shell/screen-head";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import { isMoving } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import type { Replication } from "@/lib/domain/replication";
import { silenceOf } from "@/lib/domain/silent-nodes";
import { countOf } from "@/lib/format/count";
import { jobQueries } from "@/lib/queries/jobs";
import { nodeQueries } from "@/lib/queries/nodes";
import { replicationQueries } from "@/lib/queries/replication";
import { LagPanel } from "./lag-panel";
import { ReplicationVerdictPanel } from "./replication-verdict-panel";
import { SlotsPanel } from "./slots-panel";
import { StandbysPanel } from "./standbys-panel";

/** Whether every primary has somebody to take over, how far behind they are, and what WAL is kept for whom. */
export function ReplicationScreen({ clusterId }: { clusterId: ClusterId }) {
  const replication = useQuery(replicationQueries.current(clusterId));
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data?.nodes ?? [];
  return (
    <LiveState query={replication} skeleton={<SkeletonRows rows={12} label="Reading replication of every node" />}>
      {(read, { receivedAt, ageMs }) => (
        <ReplicationBody clusterId={clusterId} replication={read} nodes={nodes} readAt={receivedAt - (ageMs ?? 0)} />
      )}
    </LiveState>
  );
}

type Props = {
  clusterId: ClusterId;
  replication: Replication;
  nodes: readonly ClusterNode[];
  /** By the reader's clock. */
  readAt: number;
};

function ReplicationBody({ clusterId, replication, nodes, readAt }: Props) {
  const moves = isMoving(useQuery(jobQueries.current(clusterId)).data?.data ?? null);
  return (
    <>
      <ScreenHead title="Replication" context={contextOf(replication)} />
      <ReplicationVerdictPanel clusterId={clusterId} replication={replication} nodes={nodes} isMoving={moves} />
      <SilentNote silence={silenceOf(replication.answers, nodes)} missing="Its standbys and slots are missing below." />
      <LagPanel clusterId={clusterId} replication={replication} nodes={nodes} readAt={readAt} />
      <StandbysPanel replication={replication} nodes={nodes} />
      <SlotsPanel slots={replication.slots} nodes={nodes} isMoving={moves} />
    </>
  );
}

function contextOf({ standbys, slots, answers }: Replication): string {
  const streaming = standbys.filter((standby) => standby.kind === "standby").length;
  const isPartial = answers.some((answer) => !answer.ok);
  return `${isPartial ? "at least " : ""}${countOf(streaming, "standby", "standbys")}, ${countOf(slots.length, "slot")}`;
}
