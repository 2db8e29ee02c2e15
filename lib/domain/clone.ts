import { z } from "zod";
import { ALLOWED, clusterIdSchema, refused, type Verdict } from "./cluster";
import { type Holdings, holdingsOf } from "./holdings";
import { type ClusterNode, isCoordinator, type NodeId, nodeIdSchema } from "./node";
import { addressInput } from "./node-change";
import type { NodesAndHoldings } from "./node-rules";

/** A standby of a worker that shall become a worker of its own, with half of what the first holds. */
export const addCloneInput = addressInput.extend({ primaryId: nodeIdSchema });
export type AddCloneInput = z.infer<typeof addCloneInput>;

/** How long Citus waits for the standby to catch up while writes to the worker wait, before it gives up. */
export const CATCH_UP_SECONDS = { least: 10, usual: 300, most: 3_600 } as const;

export const promoteCloneInput = z.object({
  clusterId: clusterIdSchema,
  nodeId: nodeIdSchema,
  catchUpSeconds: z.int().min(CATCH_UP_SECONDS.least).max(CATCH_UP_SECONDS.most),
});
export type PromoteCloneInput = z.infer<typeof promoteCloneInput>;

/** Where Citus would put each shard of a worker when its clone is promoted. */
export type ClonePlan = { primaryId: NodeId; shards: { shardId: number; goesToClone: boolean }[] };

/** Whether a standby of this node may be made a clone. `hasClones`: this Citus has the functions; null: not known yet. */
export function mayAddClone(
  node: ClusterNode,
  { nodes, holdings, openJobId }: NodesAndHoldings,
  hasClones: boolean | null,
): Verdict {
  if (hasClones === null) return refused("Whether this Citus can promote clones is not known yet.");
  if (!hasClones) return refused("This Citus has no clones: they came with 13.2.");
  if (node.isClone || node.role !== "primary" || isCoordinator(node))
    return refused("Only a worker is scaled out by a clone.");
  if (!node.isActive) return refused("It is inactive. Activate it first.");
  const known = nodes.find((other) => other.isClone && other.cloneOf === node.id);
  if (known) return refused(`It has the clone ${known.host}:${known.port} already. Promote or remove that first.`);
  if (holdings && holdsNothing(holdings, node)) return refused("It holds no shard group that a clone could take over.");
  return openJobId === null ? ALLOWED : refused(`Job ${openJobId} is under way. Wait for its end or stop it first.`);
}

function holdsNothing(holdings: ReadonlyMap<number, Holdings>, node: ClusterNode): boolean {
  return holdingsOf(holdings, node.groupId).movableGroups === 0;
}

/** Whether a clone may take over now. */
export function mayPromoteClone(
  node: ClusterNode,
  { nodes, openJobId }: Pick<NodesAndHoldings, "nodes" | "openJobId">,
): Verdict {
  if (!node.isClone) return refused("It is no clone: there is nothing to promote.");
  const primary = primaryOfClone(node, nodes);
  if (!primary) return refused("The worker that it copies is not in the cluster any more. Remove the clone.");
  if (!primary.isActive) return refused("The worker that it copies is inactive. Activate that first.");
  return openJobId === null ? ALLOWED : refused(`Job ${openJobId} is under way. Wait for its end or stop it first.`);
}

export function mayRemoveClone(node: ClusterNode): Verdict {
  return node.isClone ? ALLOWED : refused("It is no clone.");
}

export function primaryOfClone({ cloneOf }: ClusterNode, nodes: readonly ClusterNode[]): ClusterNode | undefined {
  return nodes.find((node) => node.id === cloneOf && node.role === "primary");
}
