import { type Activity, ageOf, type Session, type SessionStatus, statusOf, waitersOf } from "./activity";
import { type GlobalPid, partsOf } from "./global-pid";
import { type LockGraph, lockGraph, waitingBehind } from "./lock-graph";
import { lockWords } from "./session-sentences";

/** A session as a row of the table: with what the lock graph says of it. */
export type ActivityRow = {
  session: Session;
  status: SessionStatus;
  ageSeconds: number | null;
  /** "Lock: row of public.orders_102051", "IO: DataFileRead"; null: it waits for nothing. */
  waitWords: string | null;
  /** Sessions that wait for it, directly or through others. */
  blocks: number;
};

/** What the screen draws, made once per snapshot. */
export type ActivityPicture = {
  activity: Activity;
  graph: LockGraph;
  rows: readonly ActivityRow[];
  /** The session itself where its node tells it, else one of its connections elsewhere. */
  sessionOf: (gpid: GlobalPid) => Session | undefined;
};

export function activityPicture(activity: Activity): ActivityPicture {
  const graph = lockGraph(activity.waits);
  const waiters = waitersOf(activity.waits);
  const lockOf = new Map(graph.edges.map(({ waiter, wait }) => [waiter, wait.lock]));
  const blocksOf = new Map(graph.parties.map((party) => [party, waitingBehind(graph, party).size]));
  const rows = activity.sessions.map((session): ActivityRow => {
    const status = statusOf(session, waiters);
    return {
      session,
      status,
      ageSeconds: ageOf(session, status),
      waitWords:
        status === "waiting"
          ? `Lock: ${lockWords(lockOf.get(session.globalPid) ?? null) ?? session.waitEvent}`
          : eventOf(session),
      blocks: isItself(session) ? (blocksOf.get(session.globalPid) ?? 0) : 0,
    };
  });
  return { activity, graph, rows, sessionOf: finder(activity.sessions) };
}

function eventOf({ state, waitEventType, waitEvent }: Session): string | null {
  // Between two statements every session waits for its client; as a wait that says nothing.
  if (waitEventType === null || state === "idle") return null;
  return `${waitEventType}: ${waitEvent}`;
}

/** The row of the session, not of a connection that Citus opened for it elsewhere. */
export function isItself({ globalPid, nodeId, pid }: Session): boolean {
  const parts = partsOf(globalPid);
  return parts.nodeId === nodeId && parts.pid === pid;
}

function finder(sessions: readonly Session[]): ActivityPicture["sessionOf"] {
  const found = new Map<GlobalPid, Session>();
  for (const session of sessions) {
    if (isItself(session) || !found.has(session.globalPid)) found.set(session.globalPid, session);
  }
  return (gpid) => found.get(gpid);
}

/** How many of these are in each state. */
export function countByStatus(rows: readonly ActivityRow[]): Record<SessionStatus, number> {
  const counts: Record<SessionStatus, number> = {
    active: 0,
    waiting: 0,
    "idle-in-transaction": 0,
    idle: 0,
    unknown: 0,
  };
  for (const { status } of rows) counts[status] += 1;
  return counts;
}
