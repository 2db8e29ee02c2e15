import "server-only";
import { nodesSchema } from "@/lib/domain/node";
import { topic } from "@/server/live/topic";
import { isCoordinatorRegistered, listNodes } from "./reads";

export const nodesTopic = topic({
  name: "nodes",
  schema: nodesSchema,
  paceMs: () => 3_000,
  // For the layout's history, which says where a shard was by the node's address.
  restMs: 5 * 60_000,
  read: async (target) => {
    const nodes = await listNodes(target);
    return { nodes, coordinatorRegistered: isCoordinatorRegistered(nodes) };
  },
  redact: null,
});
