import { formatDuration } from "@/lib/format/duration";
import { ageOf, type Lock, type LockWait, type Session, type SessionStatus } from "./activity";
import type { GlobalPid } from "./global-pid";
import { freedBy, lockGraph, waitingBehind } from "./lock-graph";

const STATUS_WORDS: Record<SessionStatus, string> = {
  active: "active",
  waiting: "waiting",
  "idle-in-transaction": "idle in transaction",
  idle: "idle",
  unknown: "state not visible",
};

export function statusWords(status: SessionStatus): string {
  return STATUS_WORDS[status];
}

/** "app_rw (api-7f9), idle in transaction for 372 s": whose session it is and what it does. */
export function describeSession(session: Session, status: SessionStatus): string {
  const who = session.application ? `${session.user ?? "nobody"} (${session.application})` : (session.user ?? "nobody");
  const age = ageOf(session, status);
  return `${who}, ${statusWords(status)}${age === null ? "" : ` for ${formatDuration(age)}`}`;
}

export function goneSentence(gpid: GlobalPid): string {
  return `Session ${gpid} is gone: its node does not list it any more.`;
}

/** What ending a session does for those who wait for it: "2 sessions wait for it; ending it lets both go on." null: nobody waits. */
export function freedSentence(
  waits: readonly LockWait[],
  gpid: GlobalPid,
  kind: "cancel" | "terminate",
): string | null {
  const graph = lockGraph(waits);
  const behind = waitingBehind(graph, gpid).size;
  if (behind === 0) return null;
  const freed = freedBy(graph, gpid).size;
  const wait = behind === 1 ? "1 session waits for it" : `${behind} sessions wait for it`;
  const ending = kind === "terminate" ? "ending it" : "cancelling it, if its transaction ends with that,";
  return `${wait}; ${ending} lets ${howMany(freed, behind)} go on.`;
}

function howMany(freed: number, of: number): string {
  if (freed === 0) return "none of them";
  if (freed < of) return `${freed} of them`;
  if (of === 1) return "it";
  return of === 2 ? "both" : `all ${of}`;
}

/** What is waited for: "row of orders_102051", "sales.orders (AccessExclusiveLock)". null: not known. */
export function lockWords(lock: Lock | null): string | null {
  if (!lock) return null;
  const { type, mode } = lock;
  const relation = lock.relation?.replace(/^public\./, "");
  if (type === "relation") return `${relation ?? "a table of another database"} (${mode})`;
  if (type === "transactionid" || type === "tuple") return relation ? `row of ${relation}` : "end of a transaction";
  if (type === "extend") return `growth of ${relation ?? "a table"}`;
  if (type === "advisory") return "advisory lock";
  return relation ? `${type} of ${relation}` : type;
}
