import { countOf } from "../format/count";
import type { NodeId } from "./node";
import { listOf } from "./node-names";
import { MODE_AUTO, MODE_BLOCK_WRITES } from "./rebalance";
import { type RebalanceRule, someOf } from "./rebalance-check";
import { diskNotes, replicationNotes } from "./room-notes";

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

export const logicalReplication: RebalanceRule = ({ options, plan, rooms, names }) =>
  replicationNotes(options.mode, [...new Set(plan.moves.map((move) => move.sourceNodeId))], rooms, names);

export const disk: RebalanceRule = ({ plan, rooms, names, diskPercent }) => {
  const gains = new Map<NodeId, number>();
  for (const { targetNodeId, bytes } of plan.moves)
    gains.set(targetNodeId, (gains.get(targetNodeId) ?? 0) + (bytes ?? 0));
  return diskNotes(gains, rooms, names, diskPercent);
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
