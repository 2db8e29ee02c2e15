"use client";
import { useQuery } from "@tanstack/react-query";
import { DialogSection } from "@/components/ui/dialog";
import { Bytes } from "@/components/ui/quantity";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterNode } from "@/lib/domain/node";
import { replicationQueries } from "@/lib/queries/replication";

type Props = { clusterId: ClusterId; primary: ClusterNode };

/** How far behind the standbys of the worker are, as it changes. Which of them is the clone, PostgreSQL does not say. */
export function CloneLag({ clusterId, primary }: Props) {
  const replication = useQuery(replicationQueries.current(clusterId)).data?.data;
  if (!replication) return null;
  const standbys = replication.standbys.filter((one) => one.nodeId === primary.id && one.kind === "standby");
  return (
    <DialogSection title="How far behind it is">
      {standbys.length === 0 && <p className="text-text-2">No standby streams from the worker.</p>}
      <ul className="grid gap-1 text-12">
        {standbys.map((standby) => (
          <li key={standby.key} className="flex gap-2">
            <span className="font-mono">{standby.name}</span>
            <span className="text-text-3">{standby.state}</span>
            <span className="ml-auto">
              <Bytes value={standby.replayBytes} unknown="the login may not see it" /> behind
            </span>
          </li>
        ))}
      </ul>
    </DialogSection>
  );
}
