import { EmptyState } from "@/components/ui/empty-state";
import { TitledPanel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ClusterNode } from "@/lib/domain/node";
import type { ReceiverKind, Replication, Standby } from "@/lib/domain/replication";
import { formatDuration } from "@/lib/format/duration";
import { BehindCell, OfNode, StageLag, StandbyState } from "./standby-cells";

type Props = { replication: Replication; nodes: readonly ClusterNode[] };

const KIND_WORDS: Record<ReceiverKind, string> = {
  standby: "",
  subscriber: "logical",
  backup: "base backup",
};
const NOT_SENT = "nothing was sent lately, so PostgreSQL measures nothing";

/** Everybody who receives WAL, each with the lag PostgreSQL measures and with the age of what it has replayed. */
export function StandbysPanel({ replication, nodes }: Props) {
  const { standbys, missing } = replication;
  if (standbys.length === 0 && missing.length === 0)
    return <NoStandbys isPartial={replication.answers.some((one) => !one.ok)} />;
  return (
    <TitledPanel
      title="Standbys"
      note="lag as PostgreSQL measures it, with the bytes that are left; replay lag stands still while replay is paused, “behind” does not"
      className="flex-none"
    >
      <Table label="Standbys">
        <thead>
          <tr>
            <Th>Standby</Th>
            <Th>Of</Th>
            <Th>State</Th>
            <Th>Sync</Th>
            <Th right>Write</Th>
            <Th right>Flush</Th>
            <Th right>Replay</Th>
            <Th right>Behind</Th>
          </tr>
        </thead>
        <tbody>
          {standbys.map((standby) => (
            <StandbyRow key={standby.key} standby={standby} nodes={nodes} />
          ))}
          {missing.map((one) => (
            <Tr key={one.key}>
              <Td mono>{one.name}</Td>
              <Td>
                <OfNode nodeId={one.nodeId} nodes={nodes} />
              </Td>
              <Td colSpan={6}>
                <span className="flex gap-2">
                  <StatusWord tone="bad">gone</StatusWord>
                  <span className="text-text-2">It streamed until {formatDuration(one.lastSeenSeconds)} ago.</span>
                </span>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </TitledPanel>
  );
}

function StandbyRow({ standby, nodes }: { standby: Standby; nodes: readonly ClusterNode[] }) {
  return (
    <Tr>
      <Td>
        <span className="font-mono">{standby.name}</span>{" "}
        <span className="text-text-3">
          {[standby.client ?? "local socket", KIND_WORDS[standby.kind]].filter(Boolean).join(", ")}
        </span>
      </Td>
      <Td>
        <OfNode nodeId={standby.nodeId} nodes={nodes} />
      </Td>
      <Td>
        <span className="flex">
          <StandbyState standby={standby} />
        </span>
      </Td>
      <Td>{standby.syncState}</Td>
      <Td right>
        <StageLag seconds={standby.writeSeconds} bytes={standby.writeBytes} unknown={NOT_SENT} />
      </Td>
      <Td right>
        <StageLag seconds={standby.flushSeconds} bytes={standby.flushBytes} unknown={NOT_SENT} />
      </Td>
      <Td right>
        <StageLag seconds={standby.replaySeconds} bytes={standby.replayBytes} unknown={NOT_SENT} />
      </Td>
      <Td right>
        <BehindCell behind={standby.behind} />
      </Td>
    </Tr>
  );
}

function NoStandbys({ isPartial }: { isPartial: boolean }) {
  return (
    <TitledPanel title="Standbys" className="flex-none">
      <EmptyState
        kind="nothing-yet"
        detail="A standby is a copy of one node that streams its WAL. Citus keeps one copy of each shard; without a standby of its node the rows of a shard are lost with that node. Set one up with pg_basebackup and primary_conninfo; it appears here by itself."
      >
        {isPartial ? "No standby streams from a node that answers." : "No standby streams from any node."}
      </EmptyState>
    </TitledPanel>
  );
}
