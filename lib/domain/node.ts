import { z } from "zod";

export const nodeIdSchema = z.int().nonnegative().brand<"NodeId">();
export type NodeId = z.infer<typeof nodeIdSchema>;

/** One row of pg_dist_node. The coordinator is a node too (groupId 0); a secondary shares its primary's group. */
export const clusterNodeSchema = z.object({
  id: nodeIdSchema,
  groupId: z.int(),
  host: z.string(),
  port: z.int(),
  role: z.enum(["primary", "secondary", "unavailable"]),
  isActive: z.boolean(),
  hasMetadata: z.boolean(),
  metadataSynced: z.boolean(),
  mayHoldShards: z.boolean(),
  /** A clone is a row that waits to be promoted (Citus 13.2); it is no dead worker. */
  isClone: z.boolean(),
  /** The node id of the worker that a clone copies; null: it is no clone. */
  cloneOf: z.int().nullable(),
  /** Placements of the node's group; 0 for secondaries, whose group is counted at the primary. */
  placementCount: z.int(),
});
export type ClusterNode = z.infer<typeof clusterNodeSchema>;

export const COORDINATOR_GROUP = 0;

export function isCoordinator(node: Pick<ClusterNode, "groupId">): boolean {
  return node.groupId === COORDINATOR_GROUP;
}

/** host:port as people write it; IPv6 in brackets. */
export function addressOf(node: Pick<ClusterNode, "host" | "port">): string {
  return node.host.includes(":") ? `[${node.host}]:${node.port}` : `${node.host}:${node.port}`;
}

/** The topic `nodes`. `coordinatorRegistered` false: citus_set_coordinator_host was never called. */
export const nodesSchema = z.object({ nodes: z.array(clusterNodeSchema), coordinatorRegistered: z.boolean() });
export type Nodes = z.infer<typeof nodesSchema>;
