import "server-only";
import { mayRemoveClone } from "@/lib/domain/clone";
import { call } from "@/server/changes/define";
import * as statements from "@/server/sql/clones";
import { ALL_NODES, oneNodeChange } from "./one-node";

/** Takes a clone that was not promoted out of the cluster. It goes on replicating its worker. */
export const removeClone = oneNodeChange({
  name: "clone.remove",
  doing: "removing the clone",
  permission: "clone:promote",
  claims: [ALL_NODES],
  routine: "citus_remove_clone_node",
  superuser: true,
  verdict: mayRemoveClone,
  itself: "may-be-silent",
  step: (address) => ({ title: `Take the clone ${address} out of the metadata of every node`, takes: "under 1 s" }),
  call: (address) => call(statements.removeClone, address),
  notes: () => [
    {
      tone: "info",
      text: "Its PostgreSQL goes on, and replicates as before.",
      detail: "It can be added as a clone again.",
    },
  ],
  effect: (node, address) => ({
    seen: node === undefined,
    sentence: node ? `${address} is still in pg_dist_node.` : `pg_dist_node does not have ${address} any more.`,
  }),
});
