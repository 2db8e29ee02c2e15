import type { ClusterId } from "@/lib/domain/cluster";
import { nodesSchema } from "@/lib/domain/node";
import { nodeFactsTopicSchema } from "@/lib/domain/node-facts";
import { liveQuery } from "./live";

export const nodeQueries = {
  /** pg_dist_node: true while nodes are down. */
  list: (clusterId: ClusterId) => liveQuery(clusterId, "nodes", nodesSchema),
  /** What each node says about itself, or why it does not. */
  facts: (clusterId: ClusterId) => liveQuery(clusterId, "node-facts", nodeFactsTopicSchema),
};
