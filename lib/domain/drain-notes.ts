import { countOf } from "../format/count";
import type { Note } from "./change";
import { holdingsOf } from "./holdings";
import { addressOf, type ClusterNode } from "./node";
import type { TransferMode } from "./node-change";
import { listOf } from "./node-names";
import { alsoDrained, type NodesAndHoldings } from "./node-rules";

/** What should be known before a node is drained, beyond whether it may be. A `bad` note refuses. */
export function drainNotes(
  node: ClusterNode,
  now: NodesAndHoldings,
  mode: TransferMode,
  walLevel: string | null,
): Note[] {
  return [
    ...identityNotes(node, now, mode),
    ...walNotes(node, mode, walLevel),
    togetherNote(node, now),
    {
      tone: "info",
      text: "Stopping midway undoes nothing: what has moved stays moved, and the node stays closed.",
      detail: "The way back is to open it for shards again, and to rebalance.",
    },
  ];
}

/** Citus refuses the whole drain because of one such table, in any group that would move. */
function identityNotes(node: ClusterNode, now: NodesAndHoldings, mode: TransferMode): Note[] {
  if (mode === "block_writes") {
    return [{ tone: "warn", text: "Each shard group refuses writes for as long as it is copied." }];
  }
  const { holdings } = now;
  const leaving = [node, ...alsoDrained(node, now)];
  const names = new Set(
    leaving.flatMap((one) => (holdings ? holdingsOf(holdings, one.groupId).withoutReplicaIdentity : [])),
  );
  if (names.size === 0) return [];
  const tables = listOf([...names].sort());
  const have = names.size === 1 ? "has" : "have";
  if (mode === "auto") {
    return [
      {
        tone: "bad",
        text: `${tables} ${have} neither primary key nor replica identity. In mode auto that stops the whole drain.`,
        detail: "Choose force_logical or block_writes, or give the table a primary key.",
      },
    ];
  }
  return [{ tone: "warn", text: `UPDATE and DELETE on ${tables} fail while its shards are copied.` }];
}

function walNotes(node: ClusterNode, mode: TransferMode, walLevel: string | null): Note[] {
  if (mode === "block_writes" || walLevel === null || walLevel === "logical") return [];
  return [
    {
      tone: "bad",
      text: `wal_level is ${walLevel} on ${addressOf(node)}, so nothing can be copied by logical replication.`,
      detail: "Choose block_writes, or set wal_level = logical there and restart it.",
    },
  ];
}

function togetherNote(node: ClusterNode, now: NodesAndHoldings): Note {
  const others = alsoDrained(node, now);
  if (others.length === 0) {
    return {
      tone: "info",
      text: `Citus drains every node that is closed for shards. No other closed node holds a shard group.`,
    };
  }
  const { holdings } = now;
  const groups = others.reduce(
    (sum, other) => sum + (holdings ? holdingsOf(holdings, other.groupId).movableGroups : 0),
    0,
  );
  return {
    tone: "warn",
    text: `Citus drains every node that is closed for shards: ${listOf(others.map(addressOf))} as well, with ${countOf(groups, "shard group")}.`,
    detail: "Open what should keep its shards first.",
  };
}
