import "server-only";
import { type ClusterNode, COORDINATOR_GROUP, nodeIdSchema } from "@/lib/domain/node";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/nodes";

/** True while workers are down: it asks the coordinator's catalogs only. */
export async function listNodes(target: Target): Promise<ClusterNode[]> {
  const rows = await run(target, statements.listNodes, undefined);
  return rows.map((row) => ({
    id: nodeIdSchema.parse(row.nodeid),
    groupId: row.groupid,
    host: row.nodename,
    port: row.nodeport,
    role: row.noderole,
    isActive: row.isactive,
    hasMetadata: row.hasmetadata,
    metadataSynced: row.metadatasynced,
    mayHoldShards: row.shouldhaveshards,
    isClone: row.is_clone,
    cloneOf: row.is_clone ? row.clone_of : null,
    placementCount: row.placements,
  }));
}

/** The primaries that hold or may hold shards, the coordinator included: whom a question about data is put to. */
export async function listPrimaries(target: Target): Promise<ClusterNode[]> {
  return (await listNodes(target)).filter((node) => node.role === "primary" && node.isActive);
}

export function isCoordinatorRegistered(nodes: readonly ClusterNode[]): boolean {
  return nodes.some((node) => node.groupId === COORDINATOR_GROUP);
}
