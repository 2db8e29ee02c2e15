import "server-only";
import { mayBePassword } from "@/lib/domain/password";
import type { OwnSession } from "@/lib/domain/person";
import { AppError } from "@/lib/errors";
import { appendInside } from "@/server/audit/append";
import { dropLinksOf } from "@/server/store/links";
import { findPerson, LOCAL, setPassword } from "@/server/store/people";
import { endSession, endSessionsOf, openSessionsOf } from "@/server/store/sessions";
import { state } from "@/server/store/state";
import type { Actor } from "./actor";
import { authNow } from "./clock";
import { noSessionCookie, type SessionCookie } from "./cookie";
import { hashPassword } from "./passwords";
import { ABSOLUTE_MS, IDLE_MS, proveSession } from "./sessions";
import { provenByPassword } from "./sign-in";

/** The actor's own open sessions, the newest first. */
export async function ownSessions(actor: Actor): Promise<OwnSession[]> {
  const now = authNow();
  const open = await openSessionsOf(await state(), actor.id, now - IDLE_MS, now - ABSOLUTE_MS);
  return open.map(({ id, signedInBy, from, browser, createdAt, seenAt }) => ({
    id,
    isThis: id === actor.sessionId,
    signedInBy,
    from,
    browser,
    createdAt,
    seenAt,
  }));
}

/** Ends one of the actor's own sessions. @throws AppError `not_found` for anybody else's: whether there is one is not told */
export async function endOwnSession(actor: Actor, id: string): Promise<void> {
  const database = await state();
  const now = authNow();
  await database.transaction(async (inside) => {
    const own = await openSessionsOf(inside, actor.id, now - IDLE_MS, now - ABSOLUTE_MS);
    if (!own.some((session) => session.id === id)) throw new AppError("not_found", "That session is over already.");
    await endSession(inside, id, "You ended it in another session.", now);
    await appendInside(inside, { kind: "session-ended", actor, details: { session: id } });
  });
}

/** Ends all sessions of the actor but this one; returns how many. */
export async function endOtherSessions(actor: Actor): Promise<number> {
  const database = await state();
  return database.transaction(async (inside) => {
    const ended = await endSessionsOf(inside, actor.id, "You ended it in another session.", authNow(), actor.sessionId);
    await appendInside(inside, { kind: "session-ended", actor, details: { sessionsEnded: ended } });
    return ended;
  });
}

/** Ends this session. What the browser keeps of it is cleared by the page that it goes to next. */
export async function signOut(actor: Actor): Promise<SessionCookie> {
  const database = await state();
  await database.transaction(async (inside) => {
    await endSession(inside, actor.sessionId, "You signed out.", authNow());
    await appendInside(inside, { kind: "signed-out", actor });
  });
  return noSessionCookie();
}

/**
 * A new password of the actor's own, who has to know the old one. Every other session of theirs ends, and links for a new one are worth
 * nothing; this one gets a new cookie.
 *
 * @throws AppError `sign_in_refused`, `too_many_requests`, `bad_input` with what is wrong with the new one
 */
export async function changeOwnPassword(
  actor: Actor,
  passwords: { current: string; next: string },
  headers: Headers,
): Promise<SessionCookie> {
  const person = await provenByPassword(actor.id, passwords.current, headers);
  const verdict = mayBePassword(passwords.next, person.subject);
  if (!verdict.allowed) throw new AppError("bad_input", verdict.because);
  const hash = await hashPassword(passwords.next);
  const database = await state();
  await database.transaction(async (inside) => {
    await setPassword(inside, actor.id, hash);
    await dropLinksOf(inside, actor.id);
    const ended = await endSessionsOf(inside, actor.id, "The password was changed.", authNow(), actor.sessionId);
    const details = { person: actor.id, change: "password", by: "own", sessionsEnded: ended };
    await appendInside(inside, { kind: "person-changed", actor, details });
  });
  return proveSession(actor, "password");
}

/** Whether the actor has a password here, with which to prove once more who they are. */
export async function hasPassword(actor: Actor): Promise<boolean> {
  const person = await findPerson(await state(), actor.id);
  return person?.issuer === LOCAL && person.passwordHash !== null;
}
