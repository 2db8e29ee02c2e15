import "server-only";
import { holdingsOf } from "@/lib/domain/holdings";
import type { ClusterNode } from "@/lib/domain/node";
import { mayClose, mayOpen } from "@/lib/domain/node-rules";
import { countOf } from "@/lib/format/count";
import { call, type Effect } from "@/server/changes/define";
import * as statements from "@/server/sql/nodes-write";
import { oneNodeChange, SHARDS_STAY } from "./one-node";

const ROUTINE = { routine: "citus_set_node_property", superuser: false, permission: "node:setMayHoldShards" } as const;

/** Lets a node get shards: also the way back from a drain. */
export const openNode = oneNodeChange({
  name: "node.open",
  doing: "opening",
  claims: [],
  ...ROUTINE,
  verdict: mayOpen,
  step: (address) => ({ title: `Open ${address} for shards, on every node`, takes: "under 1 s" }),
  call: (address) => call(statements.setMayHoldShards, { ...address, mayHoldShards: true }),
  notes: () => [
    {
      tone: "info",
      text: "No shard moves by this.",
      detail: "New tables use the node at once; a rebalance brings it its share of the others.",
    },
  ],
  effect: (node, address) => effect(node, address, true),
});

/** Keeps new shards away from a node. What it holds stays. */
export const closeNode = oneNodeChange({
  name: "node.close",
  doing: "closing",
  // A move to a node that is closed while a rebalance runs fails.
  claims: [SHARDS_STAY],
  ...ROUTINE,
  verdict: mayClose,
  step: (address) => ({ title: `Close ${address} for new shards, on every node`, takes: "under 1 s" }),
  call: (address) => call(statements.setMayHoldShards, { ...address, mayHoldShards: false }),
  notes: (node, { holdings }) => {
    const groups = holdings ? holdingsOf(holdings, node.groupId).movableGroups : 0;
    return [
      {
        tone: "info",
        text: `No shard moves by this${groups > 0 ? `: its ${countOf(groups, "shard group")} ${groups === 1 ? "stays" : "stay"}` : ""}.`,
        detail: "The next rebalance takes them off; Drain does it now.",
      },
    ];
  },
  effect: (node, address) => effect(node, address, false),
});

function effect(node: ClusterNode | undefined, address: string, wanted: boolean): Effect {
  if (!node) return { seen: false, sentence: `${address} is not in pg_dist_node any more.` };
  return {
    seen: node.mayHoldShards === wanted,
    sentence: `pg_dist_node says that ${address} ${node.mayHoldShards ? "may hold shards" : "may not hold shards"}.`,
  };
}
