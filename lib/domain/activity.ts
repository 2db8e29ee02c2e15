import { z } from "zod";
import { ALLOWED, clusterIdSchema, refused, type Verdict } from "./cluster";
import { type FromNode, fromNodeSchema } from "./from-node";
import { type GlobalPid, globalPidSchema } from "./global-pid";
import { nodeIdSchema } from "./node";

/**
 * client: somebody's session. worker: a connection Citus opened for one (or a parallel worker of it). own: this console's
 * reading. background: a process of PostgreSQL or Citus that serves nobody in particular.
 */
const SESSION_KINDS = ["client", "worker", "own", "background"] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

/** One server process of one node. A session that uses other nodes has a row of kind `worker` there under the same global pid. */
const sessionSchema = z.object({
  /** "nodeid:pid": one per process. */
  key: z.string(),
  globalPid: globalPidSchema,
  nodeId: nodeIdSchema,
  pid: z.int(),
  kind: z.enum(SESSION_KINDS),
  backendType: z.string(),
  /** PostgreSQL's own word; null for background processes, and where the login may not see it. */
  state: z.string().nullable(),
  waitEventType: z.string().nullable(),
  waitEvent: z.string().nullable(),
  user: z.string().nullable(),
  application: z.string().nullable(),
  client: z.string().nullable(),
  database: z.string().nullable(),
  /** Ages by the clock of the server that answered. */
  transactionSeconds: z.number().nullable(),
  querySeconds: z.number().nullable(),
  stateSeconds: z.number().nullable(),
  /** Epoch milliseconds by the node's clock; with the pid they say whether it is still the same session and statement. */
  startedAt: z.number().nullable(),
  queryStartedAt: z.number().nullable(),
  query: z.string(),
  /** The text goes on: PostgreSQL keeps track_activity_query_size bytes, and the console asks for 4 096. */
  queryCut: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

/** Who blocks: a session, or a transaction that was prepared and belongs to no session any more. */
const blockerSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("session"), globalPid: globalPidSchema }),
  z.object({ kind: z.literal("prepared"), nodeId: nodeIdSchema, gid: z.string().nullable() }),
]);
export type Blocker = z.infer<typeof blockerSchema>;

const lockSchema = z.object({ type: z.string(), relation: z.string().nullable(), mode: z.string() });
export type Lock = z.infer<typeof lockSchema>;

/** One session waits for another (or for a prepared transaction), on the node where the lock is. */
const lockWaitSchema = z.object({
  waiter: globalPidSchema,
  blocker: blockerSchema,
  nodeId: nodeIdSchema,
  /** null: the server does not say (PostgreSQL 13, or citus_lock_waits). */
  waitSeconds: z.number().nullable(),
  lock: lockSchema.nullable(),
});
export type LockWait = z.infer<typeof lockWaitSchema>;

const preparedSchema = z.object({
  nodeId: nodeIdSchema,
  gid: z.string(),
  owner: z.string(),
  database: z.string(),
  seconds: z.number(),
});

/** The topic `activity`: every node's own list of its sessions, put together. */
export const activitySchema = z.object({
  /** nodes: each node was asked for itself. views: Citus' views, by "Read now". */
  readBy: z.enum(["nodes", "views"]),
  /** The number of processes of each node that answered, and why the others did not: their sessions are missing below. */
  answers: z.array(fromNodeSchema(z.int())),
  /** Processes that are not listed below, because a node has more of them than anybody reads. */
  leftOut: z.int(),
  /** Nodes on which the login sees only its own sessions' statements. */
  blindOn: z.array(nodeIdSchema),
  sessions: z.array(sessionSchema),
  waits: z.array(lockWaitSchema),
  /** null: not asked (the views do not say). */
  prepared: z.array(preparedSchema).nullable(),
});
export type Activity = Omit<z.infer<typeof activitySchema>, "answers"> & { answers: FromNode<number>[] };

export const SESSION_STATUSES = ["active", "waiting", "idle-in-transaction", "idle", "unknown"] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** The sessions that wait for a lock, on whatever node: the session waits even where only its worker connection does. */
export function waitersOf(waits: readonly LockWait[]): ReadonlySet<GlobalPid> {
  return new Set(waits.map((wait) => wait.waiter));
}

export function statusOf(session: Session, waiters: ReadonlySet<GlobalPid>): SessionStatus {
  if (session.waitEventType === "Lock") return "waiting";
  if (session.state === "active" && waiters.has(session.globalPid)) return "waiting";
  if (session.state === null) return session.kind === "background" ? "active" : "unknown";
  if (session.state.startsWith("idle in transaction")) return "idle-in-transaction";
  return session.state === "idle" ? "idle" : "active";
}

/** How long the thing that matters has lasted: the statement; for an idle transaction the transaction; else the state. */
export function ageOf(session: Session, status: SessionStatus): number | null {
  if (status === "idle-in-transaction") return session.transactionSeconds;
  if (status === "active" || status === "waiting") return session.querySeconds;
  return session.stateSeconds;
}

export const signalInput = z.object({
  clusterId: clusterIdSchema,
  globalPids: z.array(globalPidSchema).min(1, "No session is chosen.").max(50, "At most 50 sessions at a time."),
});

/** The process that runs a task of a background job (a move): nobody's session, but it does work that people wait for. */
export function isTaskExecutor(backendType: string): boolean {
  return backendType.startsWith("Citus Background Task Queue Executor");
}

/** Whether the console signals such a session at all. Asked by the button and again by the change. */
export function mayTerminate(session: Session): Verdict {
  if (session.kind === "own") return refused("It is this console's own session.");
  if (isTaskExecutor(session.backendType))
    return refused(
      "It runs a task of a background job, which would be tried again. Stop the job on the screen Rebalance.",
    );
  if (session.kind === "background")
    return refused(`It is a background process (${session.backendType}), which serves no client.`);
  return ALLOWED;
}

/** A session between two statements has nothing to cancel: the signal would go unnoticed and its locks would stay. */
export function mayCancel(session: Session): Verdict {
  const verdict = mayTerminate(session);
  if (!verdict.allowed) return verdict;
  if (session.state?.startsWith("idle in transaction"))
    return refused(
      "It runs no statement now. Its transaction holds its locks until it ends or the session is terminated.",
    );
  if (session.state === "idle") return refused("It runs no statement now, so there is nothing to cancel.");
  return ALLOWED;
}
