import "server-only";
import { z } from "zod";
import {
  type Activity,
  mayCancel,
  mayTerminate,
  type Session,
  signalInput,
  statusOf,
  waitersOf,
} from "@/lib/domain/activity";
import type { Note } from "@/lib/domain/change";
import { type GlobalPid, partsOf, UNREGISTERED_NODE } from "@/lib/domain/global-pid";
import { nodeIdSchema } from "@/lib/domain/node";
import { describeSession, freedSentence, goneSentence } from "@/lib/domain/session-sentences";
import { type Call, type CallResult, type Change, call, change, type Prepared } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import * as statements from "@/server/sql/activity";
import { readActivity } from "./reads";
import { type Signalled, signalEffect, signalledSchema } from "./signal-effect";
import { rightNotes } from "./signal-rights";

type SignalKind = "cancel" | "terminate";
type Input = z.infer<typeof signalInput>;

/** Cancels the running statement of each chosen session; the sessions stay. */
export const cancelSessions: Change<Input> = change({
  name: "activity.cancel",
  permission: "activity:cancel",
  input: signalInput,
  doing: (subject) => `cancelling the statement of session ${subject}`,
  before: z.array(signalledSchema),
  prepare: (target, { globalPids }) => prepare(target, "cancel", globalPids),
  effect: (target, { before }) => signalEffect(target, "cancel", before),
});

/** Ends each chosen session; what it did in its open transaction is rolled back. */
export const terminateSessions: Change<Input> = change({
  name: "activity.terminate",
  permission: "activity:terminate",
  input: signalInput,
  doing: (subject) => `ending session ${subject}`,
  before: z.array(signalledSchema),
  prepare: (target, { globalPids }) => prepare(target, "terminate", globalPids),
  effect: (target, { before }) => signalEffect(target, "terminate", before),
});

async function prepare(
  target: Target,
  kind: SignalKind,
  globalPids: readonly GlobalPid[],
): Promise<Prepared<Signalled[]>> {
  const wanted = [...new Set(globalPids)];
  const activity = await readActivity(target);
  const found = wanted.map((gpid) => ({ gpid, session: findSession(activity, gpid) }));
  const notes = found.flatMap(({ gpid, session }) => notesOf(activity, kind, gpid, session));
  const sessions = found.flatMap(({ session }) => session ?? []);
  return {
    subject: wanted.join(", "),
    steps: found.map(({ gpid }) => ({ title: titleOf(kind, gpid), calls: [signalCall(kind, gpid)] })),
    notes: [...notes, ...(await rightNotes(target, sessions)), ...freedNotes(activity, kind, wanted)],
    // The pid may be another session by now, and the session may have gone on to another statement.
    dependsOn: sessions.map(
      (one) =>
        `pid ${one.pid}: session since ${timeWords(one.startedAt)}${kind === "cancel" ? `, statement since ${timeWords(one.queryStartedAt)}` : ""}`,
    ),
    claims: wanted.map((gpid) => ({ object: `session:${gpid}`, mode: "exclusive" })),
    before: sessions.map(({ nodeId, pid, startedAt, queryStartedAt }) => ({ nodeId, pid, startedAt, queryStartedAt })),
    refresh: ["activity"],
  };
}

function timeWords(at: number | null): string {
  return at === null ? "an unknown time" : new Date(at).toISOString();
}

/** The process that the session itself is, not the connections it has elsewhere. */
function findSession(activity: Activity, gpid: GlobalPid): Session | undefined {
  const { nodeId, pid } = partsOf(gpid);
  return activity.sessions.find((session) => session.nodeId === nodeId && session.pid === pid);
}

function notesOf(activity: Activity, kind: SignalKind, gpid: GlobalPid, session: Session | undefined): Note[] {
  if (!session) return [missingNote(activity, gpid)];
  const verdict = kind === "cancel" ? mayCancel(session) : mayTerminate(session);
  const text = `${gpid}: ${describeSession(session, statusOf(session, waitersOf(activity.waits)))}.`;
  if (!verdict.allowed) return [{ tone: "bad", text: `Session ${gpid}: ${verdict.because}`, detail: text }];
  return [{ tone: "info", text, ...(session.query && { detail: statementWords(session), quotesSql: true }) }];
}

function statementWords({ state, query }: Session): string {
  return `${state === "active" ? "It runs" : "It ran last"}: ${query.slice(0, 300)}`;
}

function missingNote(activity: Activity, gpid: GlobalPid): Note {
  const { nodeId } = partsOf(gpid);
  const answer = activity.answers.find((one) => one.nodeId === nodeIdSchema.parse(nodeId));
  if (answer && !answer.ok)
    return {
      tone: "bad",
      text: `The node on which session ${gpid} was opened does not answer, so it cannot be signalled.`,
      detail: answer.problem.detail,
    };
  return { tone: "bad", text: goneSentence(gpid) };
}

function freedNotes(activity: Activity, kind: SignalKind, gpids: readonly GlobalPid[]): Note[] {
  return gpids.flatMap((gpid) => {
    const text = freedSentence(activity.waits, gpid, kind);
    return text === null ? [] : [{ tone: "info" as const, text }];
  });
}

function titleOf(kind: SignalKind, gpid: GlobalPid): string {
  return kind === "cancel" ? `Cancel the statement of session ${gpid}` : `End session ${gpid}`;
}

function signalCall(kind: SignalKind, gpid: GlobalPid): Call {
  const { nodeId, pid } = partsOf(gpid);
  if (nodeId === UNREGISTERED_NODE)
    return call(kind === "cancel" ? statements.cancelByPid : statements.terminateByPid, { pid }, saidNo);
  const stmt = kind === "cancel" ? statements.cancelByGlobalPid : statements.terminateByGlobalPid;
  return call(stmt, { globalPid: gpid }, saidNo);
}

/** False is no error for PostgreSQL: there is no such process any more. */
function saidNo(rows: { done: boolean }[]): CallResult {
  return rows.every((row) => row.done) ? {} : { message: "The server found no such session: it had ended before." };
}
