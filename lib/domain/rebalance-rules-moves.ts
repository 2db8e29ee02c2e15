import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import type { Note } from "./change";
import type { NodeId } from "./node";
import { listOf } from "./node-names";
import { MODE_AUTO, MODE_BLOCK_WRITES } from "./rebalance";
import { RETRIES_TAKE, type RebalanceRule, someOf } from "./rebalance-check";

export const replicaIdentity: RebalanceRule = ({ options, plan }) => {
  const tables = plan.tablesWithoutIdentity;
  if (tables.length === 0 || options.mode === MODE_BLOCK_WRITES) return [];
  const text = `${tables.length === 1 ? "Table" : "Tables"} ${someOf(tables)} ${tables.length === 1 ? "has" : "have"} no replica identity.`;
  if (options.mode === MODE_AUTO) {
    return [
      {
        tone: "bad",
        text,
        detail:
          "Mode auto would refuse the whole run because of it. Choose force_logical or block_writes, or add a primary key.",
      },
    ];
  }
  return [
    {
      tone: "warn",
      text,
      detail: `With ${options.mode}, UPDATE and DELETE on ${tables.length === 1 ? "it" : "them"} fail while a shard moves.`,
    },
  ];
};

export const writesWait: RebalanceRule = ({ options, plan }) =>
  options.mode === MODE_BLOCK_WRITES && plan.moves.length > 0
    ? [
        {
          tone: "warn",
          text: "Writes to a shard group wait while it is copied.",
          detail: "Mode block_writes copies under a lock. Reads go on.",
        },
      ]
    : [];

export const closedNodes: RebalanceRule = ({ plan, names }) => {
  const closed = plan.nodes.filter((node) => !node.counts && node.groups > node.groupsAfter);
  if (closed.length === 0) return [];
  const list = listOf(closed.map((node) => names.get(node.nodeId) ?? `node ${node.nodeId}`));
  const groups = closed.reduce((sum, node) => sum + node.groups - node.groupsAfter, 0);
  return [
    {
      tone: "info",
      text: `${list} may not hold shards and will be emptied too: ${countOf(groups, "shard group")}.`,
      detail: "A rebalance first takes everything off closed nodes, whatever else it does.",
    },
  ];
};

export const logicalReplication: RebalanceRule = ({ options, plan, rooms, names }) => {
  if (options.mode === MODE_BLOCK_WRITES) return [];
  const sources = [...new Set(plan.moves.map((move) => move.sourceNodeId))];
  const notes: Note[] = [];
  for (const nodeId of sources) {
    const room = rooms.get(nodeId);
    const name = names.get(nodeId) ?? `node ${nodeId}`;
    if (!room) continue;
    if (room.walLevel !== "logical") {
      notes.push({
        tone: "bad",
        text: `wal_level on ${name} is ${room.walLevel}; mode ${options.mode} needs logical.`,
        detail: `Citus does not check this: each move would fail and be retried for ${RETRIES_TAKE}. Mode block_writes works without.`,
      });
    } else if (room.slotsUsed >= room.slots) {
      notes.push({
        tone: "bad",
        text: `${name} has no free replication slot: ${room.slotsUsed} of ${room.slots} are in use.`,
        detail:
          "A logical move needs one per owner of the moving tables. Raise max_replication_slots or drop what is not used.",
      });
    }
  }
  return notes;
};

export const disk: RebalanceRule = ({ plan, rooms, names, diskPercent }) => {
  const gains = new Map<NodeId, number>();
  for (const { targetNodeId, bytes } of plan.moves)
    gains.set(targetNodeId, (gains.get(targetNodeId) ?? 0) + (bytes ?? 0));
  const notes: Note[] = [];
  for (const [nodeId, gain] of gains) {
    const room = rooms.get(nodeId);
    if (!room || room.diskFree === null || room.diskTotal === null) continue;
    const name = names.get(nodeId) ?? `node ${nodeId}`;
    const mustStay = ((diskPercent ?? 0) / 100) * room.diskTotal;
    const words = `${name} has ${formatBytes(room.diskFree)} free and gets ${formatBytes(gain)}`;
    if (room.diskFree - gain >= mustStay) notes.push({ tone: "ok", text: `${words}.` });
    else
      notes.push({
        tone: "warn",
        text: `${words}: less than ${diskPercent} % of its disk would stay free.`,
        detail: "Citus refuses such a move. citus.desired_percent_disk_available_after_move sets the share.",
      });
  }
  return notes;
};

export const nothingToMove: RebalanceRule = ({ plan }) =>
  plan.moves.length > 0
    ? []
    : [
        {
          tone: "info",
          text: plan.drainOnly
            ? "No closed node holds a shard: nothing to move."
            : "Already balanced: nothing to move.",
          ...(plan.notices.length > 0 && { detail: plan.notices.join(" ") }),
        },
      ];

export const unknownSizes: RebalanceRule = ({ plan }) => {
  const unknown = plan.moves.filter((move) => move.bytes === null).length;
  return unknown === 0
    ? []
    : [{ tone: "warn", text: `The size of ${countOf(unknown, "move")} is not known: its source did not report it.` }];
};
