import "server-only";
import { randomUUID } from "node:crypto";
import type { Activity } from "@/lib/domain/activity";
import { foldActivity, withCoordinator } from "@/lib/domain/activity-fold";
import { activityFromViews } from "@/lib/domain/activity-views";
import { type ClusterNode, type NodeId, nodeIdSchema } from "@/lib/domain/node";
import type { Target } from "@/server/clusters";
import { listPrimaries } from "@/server/nodes/reads";
import { askNodes } from "@/server/pg/ask-nodes";
import { run, type ServerMessage } from "@/server/pg/run";
import * as statements from "@/server/sql/activity";

/** The nodes people may be connected to: the primaries, and the coordinator even where it is not registered. */
export async function listSessionNodes(target: Target): Promise<ClusterNode[]> {
  return withCoordinator(await listPrimaries(target), target.coordinator);
}

/** Every node's own list of its sessions, put together. A node that does not answer is in `answers`, with the reason. */
export async function readActivity(target: Target): Promise<Activity> {
  return foldActivity(await askNodes(target, await listSessionNodes(target), statements.ownActivity));
}

/** The sessions of one node alone: what a change looks at before it signals, and after. */
export async function readActivityOf(target: Target, nodeId: NodeId): Promise<Activity> {
  const nodes = (await listSessionNodes(target)).filter((node) => node.id === nodeId);
  return foldActivity(await askNodes(target, nodes, statements.ownActivity));
}

/** The same from citus_stat_activity and citus_lock_waits, for "Read now". */
export async function readActivityViews(target: Target): Promise<Activity> {
  const expected = await listSessionNodes(target);
  const started = performance.now();
  const warnings: string[] = [];
  const onMessage = ({ isWarning, text }: ServerMessage) => {
    if (isWarning) warnings.push(text);
  };
  const [sessions, waits] = await Promise.all([
    run(target, statements.listSessions, undefined, { onMessage }),
    run(target, statements.listLockWaits, undefined),
  ]);
  return activityFromViews({
    expected,
    sessions: sessions.map(({ nodeid, global_pid, ...backend }) => ({
      ...backend,
      nodeId: nodeIdSchema.parse(nodeid),
      globalPid: global_pid,
    })),
    waits: waits.map((row) => ({
      waiter: row.waiting_gpid,
      blocker: row.blocking_gpid,
      nodeId: nodeIdSchema.parse(row.waiting_nodeid),
    })),
    warnings,
    tookMs: Math.round(performance.now() - started),
    traceId: randomUUID(),
  });
}
