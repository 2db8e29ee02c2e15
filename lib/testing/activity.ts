import type { Activity, LockWait, Session } from "@/lib/domain/activity";
import type { Backend } from "@/lib/domain/activity-fold";
import { type GlobalPid, globalPid } from "@/lib/domain/global-pid";
import { nodeIdSchema } from "@/lib/domain/node";

export function aBackend(over: Partial<Backend> = {}): Backend {
  return {
    pid: 4711,
    leaderPid: null,
    backendType: "client backend",
    state: "active",
    waitEventType: null,
    waitEvent: null,
    user: "app_rw",
    application: "api",
    client: "10.4.2.19",
    database: "shop",
    transactionSeconds: 3,
    querySeconds: 2,
    stateSeconds: 2,
    startedAt: 1000,
    queryStartedAt: 2000,
    query: "select 1",
    queryCut: false,
    ...over,
  };
}

export function aSession(over: Partial<Session> = {}): Session {
  const { leaderPid: _, ...backend } = aBackend();
  const nodeId = over.nodeId ?? nodeIdSchema.parse(1);
  const pid = over.pid ?? backend.pid;
  return {
    ...backend,
    nodeId,
    pid,
    key: `${nodeId}:${pid}`,
    globalPid: globalPid(nodeId, pid),
    kind: "client",
    backendType: "client backend",
    query: "select 1",
    queryCut: false,
    ...over,
  };
}

/** Session number n of node 1, for tests in which only who is who matters. */
export function gpid(n: number): GlobalPid {
  return globalPid(1, n);
}

export function aWait(waiter: number, blocker: number, over: Partial<LockWait> = {}): LockWait {
  return {
    waiter: gpid(waiter),
    blocker: { kind: "session", globalPid: gpid(blocker) },
    nodeId: nodeIdSchema.parse(2),
    waitSeconds: 10,
    lock: { type: "transactionid", relation: "public.orders_102051", mode: "ShareLock" },
    ...over,
  };
}

export function anActivity(over: Partial<Activity> = {}): Activity {
  return {
    readBy: "nodes",
    answers: [1, 2].map((id) => ({ nodeId: nodeIdSchema.parse(id), ok: true, by: "direct", tookMs: 2, value: 1 })),
    leftOut: 0,
    blindOn: [],
    sessions: [],
    waits: [],
    prepared: [],
    ...over,
  };
}
