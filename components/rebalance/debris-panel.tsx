"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { TitledPanel } from "@/components/ui/panel";
import { SqlBlock } from "@/components/ui/sql-block";
import { StatusWord } from "@/components/ui/status-word";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { ALLOWED, type ClusterId, refused } from "@/lib/domain/cluster";
import { type Leftover, leftoverCounts, leftoversOf, nextStepFor } from "@/lib/domain/debris";
import { isMoving, type Jobs } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import { nodeNamer } from "@/lib/domain/silent-nodes";
import { formatBytes } from "@/lib/format/bytes";
import { debrisCleanActions, debrisQueries } from "@/lib/queries/debris";

type Props = { clusterId: ClusterId; jobs: Jobs; nodes: readonly ClusterNode[] };

const FATES: Record<Leftover["fate"], { tone: "info" | "warn" | "bad"; words: string }> = {
  queued: { tone: "info", words: "on Citus' list" },
  lost: { tone: "bad", words: "node is gone" },
  unknown: { tone: "warn", words: "on no list" },
};

/** What moves that failed or were stopped have left, and the way to be rid of it. Nothing when there is nothing. */
export function DebrisPanel({ clusterId, jobs, nodes }: Props) {
  const [isCleaning, setCleaning] = useState(false);
  const debris = useQuery(debrisQueries.current(clusterId)).data?.data ?? null;
  const leftovers = debris === null ? [] : leftoversOf(debris, isMoving(jobs));
  const canClean = leftovers.some(({ fate }) => fate === "queued")
    ? ALLOWED
    : refused("Nothing of it is on Citus' list, so Citus would remove nothing.");
  const because = useBecause("debris:clean", canClean);
  if (leftovers.length === 0 && !isCleaning) return null;
  return (
    <TitledPanel
      title="Left over"
      note={leftoverCounts(leftovers)}
      actions={
        <Button because={because} onClick={() => setCleaning(true)}>
          Clean up…
        </Button>
      }
    >
      <Leftovers leftovers={leftovers} nodes={nodes} />
      <ChangeDialog
        open={isCleaning}
        onClose={() => setCleaning(false)}
        clusterId={clusterId}
        actions={debrisCleanActions}
        input={{ clusterId }}
        title="Remove what moves left over?"
        intro="Copies of shards and helpers of moves that failed or were stopped. No shard that is in use is touched."
        confirmLabel="Clean up"
      />
    </TitledPanel>
  );
}

function Leftovers({ leftovers, nodes }: { leftovers: readonly Leftover[]; nodes: readonly ClusterNode[] }) {
  const nameOf = nodeNamer(nodes);
  return (
    <Table label="Left over by moves" dense>
      <thead>
        <tr>
          <Th>What</Th>
          <Th>Name</Th>
          <Th>On</Th>
          <Th>State</Th>
          <Th>What to do</Th>
        </tr>
      </thead>
      <tbody>
        {leftovers.map((one) => {
          const { words, sql } = nextStepFor(one);
          return (
            <Tr key={`${one.kind} ${one.nodeId} ${one.groupId} ${one.name}`}>
              <Td>{one.kind}</Td>
              <Td mono>{one.name}</Td>
              <Td mono>{one.nodeId === null ? `group ${one.groupId}` : nameOf(one.nodeId)}</Td>
              <Td>
                <StatusWord tone={FATES[one.fate].tone}>{FATES[one.fate].words}</StatusWord>
              </Td>
              <Td className="min-w-64 whitespace-normal">
                {one.retainedBytes !== null && `It keeps ${formatBytes(one.retainedBytes)} of WAL. `}
                {words}
                {sql !== null && <SqlBlock sql={sql} />}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
