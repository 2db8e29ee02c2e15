import { Duration } from "@/components/ui/quantity";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Unknown } from "@/components/ui/unknown";
import type { ActivityPicture } from "@/lib/domain/activity-rows";
import { isSession, type PartyKey } from "@/lib/domain/lock-graph";
import type { ClusterNode } from "@/lib/domain/node";
import { lockWords } from "@/lib/domain/session-sentences";
import { SessionNode } from "./session-node";

/** The graph as a table: one row per wait, the longest first. */
export function LockTable({ picture, nodes }: { picture: ActivityPicture; nodes: readonly ClusterNode[] }) {
  const edges = picture.graph.edges.toSorted((a, b) => (b.wait.waitSeconds ?? 0) - (a.wait.waitSeconds ?? 0));
  return (
    <Table label="Lock waits" dense>
      <thead>
        <tr>
          <Th>Waiting</Th>
          <Th>Waits for</Th>
          <Th right>Waits</Th>
          <Th>For what</Th>
          <Th>On</Th>
          <Th>Statement that waits</Th>
        </tr>
      </thead>
      <tbody>
        {edges.map(({ waiter, blocker, wait }) => (
          <Tr key={`${waiter} ${blocker}`}>
            <Td mono>{waiter}</Td>
            <Td mono>{nameOf(blocker)}</Td>
            <Td right>
              <Duration value={wait.waitSeconds} unknown="citus_lock_waits does not tell it, nor does PostgreSQL 13" />
            </Td>
            <Td>{lockWords(wait.lock) ?? <Unknown because="citus_lock_waits does not tell the lock" />}</Td>
            <Td>
              <SessionNode nodeId={wait.nodeId} nodes={nodes} />
            </Td>
            <Td mono className="max-w-80 truncate">
              {picture.sessionOf(wait.waiter)?.query.replace(/\s+/g, " ") ?? (
                <Unknown because="the session's node did not answer" />
              )}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function nameOf(party: PartyKey): string {
  return isSession(party) ? party : party.replace(/^prepared \d+ /, "prepared ");
}
