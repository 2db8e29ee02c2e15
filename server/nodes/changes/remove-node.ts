import "server-only";
import { mayRemove } from "@/lib/domain/node-rules";
import { call } from "@/server/changes/define";
import * as statements from "@/server/sql/nodes-write";
import { ALL_NODES, oneNodeChange, SHARDS_STAY } from "./one-node";

/** Takes a node that holds nothing of its own out of the cluster. */
export const removeNode = oneNodeChange({
  name: "node.remove",
  permission: "node:remove",
  doing: "removing",
  claims: [ALL_NODES, SHARDS_STAY],
  routine: "citus_remove_node",
  superuser: false,
  verdict: mayRemove,
  typed: true,
  itself: "may-be-silent",
  step: (address) => ({ title: `Take ${address} out of the metadata of every node`, takes: "under 1 s" }),
  call: (address) => call(statements.removeNode, address),
  notes: (node) => [
    ...(node.role === "primary"
      ? [{ tone: "ok" as const, text: "It holds no shard that is nowhere else." }]
      : [{ tone: "ok" as const, text: "It is a secondary: its primary holds the same data." }]),
    {
      tone: "info",
      text: "PostgreSQL there goes on running, with copies of the metadata and of reference tables.",
      detail: "Stop it when you like.",
    },
  ],
  effect: (node, address) => ({
    seen: node === undefined,
    sentence:
      node === undefined ? `${address} is not in pg_dist_node any more.` : `${address} is still in pg_dist_node.`,
  }),
});
