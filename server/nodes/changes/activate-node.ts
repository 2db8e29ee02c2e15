import "server-only";
import { mayActivate } from "@/lib/domain/node-rules";
import { call } from "@/server/changes/define";
import * as statements from "@/server/sql/nodes-write";
import { ALL_NODES, oneNodeChange } from "./one-node";

/** Brings an inactive node back into use. */
export const activateNode = oneNodeChange({
  name: "node.activate",
  permission: "node:activate",
  doing: "activating",
  claims: [ALL_NODES],
  routine: "citus_activate_node",
  superuser: true,
  verdict: mayActivate,
  itself: "must-answer",
  step: (address) => ({ title: `Copy the metadata to ${address} and make it active`, takes: "a few seconds" }),
  call: (address) => call(statements.activateNode, address),
  effect: (node, address) => ({
    seen: node?.isActive ?? false,
    sentence: node?.isActive
      ? `pg_dist_node shows ${address} as active${node.role === "primary" && !node.metadataSynced ? "; its metadata is not synced yet" : ""}.`
      : `pg_dist_node does not show ${address} as active.`,
  }),
});
