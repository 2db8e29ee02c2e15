import type { Activity, LockWait } from "./activity";
import { adoptWorkers, type Backend, sessionOf } from "./activity-fold";
import type { FromNode } from "./from-node";
import { type GlobalPid, globalPid, globalPidSchema } from "./global-pid";
import type { ClusterNode, NodeId } from "./node";

type ViewSession = Backend & { nodeId: NodeId; globalPid: string | null };
type ViewWait = { waiter: string; blocker: string; nodeId: NodeId };

/** What Citus' views said, and which nodes they left out. */
export type ViewsTold = {
  expected: readonly ClusterNode[];
  sessions: readonly ViewSession[];
  waits: readonly ViewWait[];
  /** The WARNINGs beside the rows. */
  warnings: readonly string[];
  tookMs: number;
  traceId: string;
};

/**
 * The same picture as the nodes' own lists give, from citus_stat_activity and citus_lock_waits. Those drop a node that
 * does not answer without a word in the rows; every PostgreSQL has processes, so a node without any did not answer.
 */
export function activityFromViews(told: ViewsTold): Activity {
  const sessions = told.sessions.map(({ nodeId, globalPid: gpid, ...backend }) =>
    sessionOf(nodeId, backend, gpid === null ? globalPid(nodeId, backend.pid) : globalPidSchema.parse(gpid)),
  );
  return {
    readBy: "views",
    answers: told.expected.map((node) => answerOf(node.id, told)),
    leftOut: 0,
    blindOn: [],
    sessions: adoptWorkers(sessions),
    waits: told.waits.map(waitFromView),
    prepared: null,
  };
}

function answerOf(nodeId: NodeId, { sessions, warnings, tookMs, traceId }: ViewsTold): FromNode<number> {
  const value = sessions.filter((session) => session.nodeId === nodeId).length;
  if (value > 0) return { nodeId, ok: true, by: "coordinator", tookMs, value };
  const words = warnings.find((text) => new RegExp(`node id ${nodeId}\\b`).test(text));
  const detail = words ?? "citus_stat_activity has no row of it.";
  return { nodeId, ok: false, problem: { code: "node_unreachable", detail, traceId }, tookMs };
}

function waitFromView({ waiter, blocker, nodeId }: ViewWait): LockWait {
  const session = (text: string): GlobalPid => globalPidSchema.parse(text);
  return {
    waiter: session(waiter),
    blocker: { kind: "session", globalPid: session(blocker) },
    nodeId,
    waitSeconds: null,
    lock: null,
  };
}
