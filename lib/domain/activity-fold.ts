import { z } from "zod";
import { type Activity, isTaskExecutor, type LockWait, type Session, type SessionKind } from "./activity";
import type { FromNode } from "./from-node";
import { type GlobalPid, globalPid, originIn, UNREGISTERED_NODE } from "./global-pid";
import { type ClusterNode, COORDINATOR_GROUP, type NodeId, nodeIdSchema } from "./node";

/** Per node and list. Nobody reads more, and a node that means harm sends no more than this to everybody who looks. */
const MOST_LISTED = 5_000;
/** int4 of the server; 0 is no process. A node that says anything else would name processes of other nodes. */
const pidSchema = z.int().min(0).max(2_147_483_647);
/** PostgreSQL keeps 63 bytes of a name; whatever says more is not believed to the end. */
const nameSchema = z.string().transform((text) => text.slice(0, 250));

/** One server process as a node tells it. */
const backendSchema = z.object({
  pid: pidSchema,
  leaderPid: pidSchema.nullable(),
  backendType: nameSchema.nullable(),
  state: nameSchema.nullable(),
  waitEventType: nameSchema.nullable(),
  waitEvent: nameSchema.nullable(),
  user: nameSchema.nullable(),
  application: nameSchema.nullable(),
  client: nameSchema.nullable(),
  database: nameSchema.nullable(),
  transactionSeconds: z.number().nullable(),
  querySeconds: z.number().nullable(),
  stateSeconds: z.number().nullable(),
  startedAt: z.number().nullable(),
  queryStartedAt: z.number().nullable(),
  query: z
    .string()
    .transform((text) => text.slice(0, 4_096))
    .nullable(),
  queryCut: z.boolean().nullable(),
});
export type Backend = z.infer<typeof backendSchema>;

/** pid waits for blockerPid; 0 is PostgreSQL's way to say: a prepared transaction. */
const localWaitSchema = z.object({
  pid: pidSchema,
  blockerPid: pidSchema,
  waitSeconds: z.number().nullable(),
  lockType: z.string().nullable(),
  mode: z.string().nullable(),
  relation: z.string().nullable(),
  /** The prepared transaction that is waited for, when the lock names it. */
  gid: z.string().nullable(),
});

/** What a node says of itself: its processes, who waits there for whom, and what is prepared there. */
export const nodeActivitySchema = z.object({
  seesAll: z.boolean(),
  /** How many processes there are; the list holds the first of them, those at work before those that wait for their clients. */
  total: z.int().nonnegative(),
  backends: z.array(backendSchema).max(MOST_LISTED),
  waits: z.array(localWaitSchema).max(MOST_LISTED),
  prepared: z
    .array(z.object({ gid: nameSchema, owner: nameSchema, database: nameSchema, seconds: z.number() }))
    .max(MOST_LISTED),
});
export type NodeActivity = z.infer<typeof nodeActivitySchema>;

/** Puts the nodes' own lists together: local pids become global ones, so a wait on a worker is a wait of the session behind it. */
export function foldActivity(answers: readonly FromNode<NodeActivity>[]): Activity {
  const told = answers.flatMap((answer) => (answer.ok ? [answer] : []));
  return {
    readBy: "nodes",
    answers: answers.map((answer) => (answer.ok ? { ...answer, value: answer.value.total } : answer)),
    leftOut: told.reduce((sum, { value }) => sum + Math.max(0, value.total - value.backends.length), 0),
    blindOn: told.filter(({ value }) => !value.seesAll).map(({ nodeId }) => nodeId),
    sessions: adoptWorkers(told.flatMap(({ nodeId, value }) => sessionsOf(nodeId, value.backends))),
    waits: told.flatMap(({ nodeId, value }) => waitsOf(nodeId, value)),
    prepared: told.flatMap(({ nodeId, value }) => value.prepared.map((one) => ({ nodeId, ...one }))),
  };
}

function sessionsOf(nodeId: NodeId, backends: readonly Backend[]): Session[] {
  const named = globalPidsOf(nodeId, backends);
  return backends.map((backend) => sessionOf(nodeId, backend, named(backend.pid)));
}

export function sessionOf(nodeId: NodeId, backend: Backend, gpid: GlobalPid): Session {
  const { leaderPid: _, backendType, query, queryCut, ...same } = backend;
  return {
    ...same,
    key: `${nodeId}:${backend.pid}`,
    globalPid: gpid,
    nodeId,
    kind: kindOf(backend),
    backendType: backendType ?? "unknown",
    query: query ?? "",
    queryCut: queryCut ?? false,
  };
}

/** The lanes of this console that only look. A change it runs (lane `long`) is a session like any other: it may block people. */
const OWN = /^shardboard:[0-9a-f]+:(?:read|ops|admin|node|check)$/;

function kindOf({ application, backendType, leaderPid }: Backend): SessionKind {
  if (originIn(application) !== null || leaderPid !== null) return "worker";
  // Without the right to see it PostgreSQL hides the type; what has no type but is listed is somebody's.
  if (backendType !== null && backendType !== "client backend" && !isTaskExecutor(backendType)) return "background";
  return application !== null && OWN.test(application) ? "own" : "client";
}

/** What Citus opened for our reading is ours as well, and what the maintenance daemons keep open is background as they are. */
export function adoptWorkers(sessions: readonly Session[]): Session[] {
  const origins = new Map(sessions.filter(({ kind }) => kind !== "worker").map((one) => [one.globalPid, one.kind]));
  return sessions.map((session) => {
    const origin = session.kind === "worker" ? origins.get(session.globalPid) : undefined;
    return origin === "own" || origin === "background" ? { ...session, kind: origin } : session;
  });
}

/** local pid → global pid: that of the session a connection works for, else the process's own. Also for a pid that just ended. */
function globalPidsOf(nodeId: NodeId, backends: readonly Backend[]): (pid: number) => GlobalPid {
  const byPid = new Map(backends.map((backend) => [backend.pid, backend]));
  return (pid) => {
    const backend = byPid.get(pid);
    const leader = backend?.leaderPid ? (byPid.get(backend.leaderPid) ?? backend) : backend;
    return originIn(leader?.application ?? null) ?? globalPid(nodeId, leader?.leaderPid ?? leader?.pid ?? pid);
  };
}

function waitsOf(nodeId: NodeId, { backends, waits }: NodeActivity): LockWait[] {
  const named = globalPidsOf(nodeId, backends);
  return waits.map((wait) => ({
    waiter: named(wait.pid),
    blocker:
      wait.blockerPid === 0
        ? { kind: "prepared", nodeId, gid: wait.gid }
        : { kind: "session", globalPid: named(wait.blockerPid) },
    nodeId,
    waitSeconds: wait.waitSeconds,
    lock:
      wait.lockType === null ? null : { type: wait.lockType, relation: wait.relation, mode: wait.mode ?? "unknown" },
  }));
}

/**
 * The nodes whose sessions are asked for. A coordinator that was never registered is no node of the cluster yet, but
 * people are connected to it: it is asked under the number Citus itself gives it.
 */
export function withCoordinator(
  primaries: readonly ClusterNode[],
  coordinator: { host: string; port: number },
): ClusterNode[] {
  if (primaries.some((node) => node.groupId === COORDINATOR_GROUP)) return [...primaries];
  const unregistered: ClusterNode = {
    id: nodeIdSchema.parse(UNREGISTERED_NODE),
    groupId: COORDINATOR_GROUP,
    ...coordinator,
    role: "primary",
    isActive: true,
    hasMetadata: true,
    metadataSynced: true,
    mayHoldShards: false,
    isClone: false,
    cloneOf: null,
    placementCount: 0,
  };
  return [unregistered, ...primaries];
}
