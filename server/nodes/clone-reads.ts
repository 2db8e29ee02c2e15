import "server-only";
import type { ClonePlan } from "@/lib/domain/clone";
import { primaryOfClone } from "@/lib/domain/clone";
import type { ClusterNode, NodeId } from "@/lib/domain/node";
import type { Standby } from "@/lib/domain/replication";
import { standbysOf } from "@/lib/domain/replication-fold";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { askNodes } from "@/server/pg/ask-nodes";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/clones";
import { ownReplication } from "@/server/sql/replication";
import { nodeOf } from "./now";
import { listNodes } from "./reads";

/** Who replicates a worker, as it says itself; null: it did not answer. */
export async function readReceivers(target: Target, worker: ClusterNode): Promise<Standby[] | null> {
  const [answer] = await askNodes(target, [worker], ownReplication);
  return answer?.ok ? standbysOf(worker.id, answer.value, []) : null;
}

/** What Citus would give to a clone, and what to its primary. @throws AppError `not_found` */
export async function readClonePlan(target: Target, { nodeId }: { nodeId: NodeId }): Promise<ClonePlan> {
  const nodes = await listNodes(target);
  const clone = nodeOf(nodes, nodeId);
  const primary = primaryOfClone(clone, nodes);
  if (!primary) throw new AppError("not_found", "The worker that the clone copies is not in the cluster any more.");
  return planOf(target, clone, primary);
}

export async function planOf(target: Target, clone: ClusterNode, primary: ClusterNode): Promise<ClonePlan> {
  if (target.logins.admin === null)
    throw new AppError("not_allowed", "Citus shows this plan to superusers only, and the console has no admin login.");
  const rows = await run(target, statements.clonePlan, { clone, primary }, { as: "admin" });
  return {
    primaryId: primary.id,
    shards: rows.map((row) => ({ shardId: row.shardid, goesToClone: row.goes_to_clone })),
  };
}
