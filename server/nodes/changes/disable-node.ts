import "server-only";
import { mayDisable } from "@/lib/domain/node-rules";
import { call } from "@/server/changes/define";
import * as statements from "@/server/sql/nodes-write";
import { ALL_NODES, oneNodeChange, SHARDS_STAY } from "./one-node";

/** Takes a node out of use and leaves it registered. */
export const disableNode = oneNodeChange({
  name: "node.disable",
  permission: "node:disable",
  doing: "disabling",
  claims: [ALL_NODES, SHARDS_STAY],
  routine: "citus_disable_node",
  superuser: false,
  verdict: mayDisable,
  itself: "may-be-silent",
  step: (address) => ({ title: `Make ${address} inactive on every node`, takes: "under 1 s" }),
  call: (address) => call(statements.disableNode, address),
  notes: () => [
    { tone: "info", text: "It stays registered and keeps its data.", detail: "Activate it to bring it back." },
  ],
  effect: (node, address) => ({
    seen: node !== undefined && !node.isActive,
    sentence:
      node === undefined
        ? `${address} is not in pg_dist_node any more.`
        : `pg_dist_node shows ${address} as ${node.isActive ? "active still" : "inactive"}.`,
  }),
});
