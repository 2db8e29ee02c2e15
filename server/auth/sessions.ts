import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "@/lib/errors";
import { appendInside } from "@/server/audit/append";
import { addressOfRequest } from "@/server/http/address";
import type { Database } from "@/server/store/database";
import { findPerson } from "@/server/store/people";
import {
  addSession,
  endSession,
  findSession,
  forgetSessions,
  renewSession,
  type Session,
} from "@/server/store/sessions";
import { state } from "@/server/store/state";
import type { Actor, SignedInBy } from "./actor";
import { authNow } from "./clock";
import { type SessionCookie, sessionCookie, sessionTokenIn } from "./cookie";
import { hashOfToken, newToken } from "./secrets";

/** Nobody looked at the console for this long, or it is this old whatever happened: the session is over. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 12 * 3_600_000;
/** What has ended is still told apart from what never was, for the sentence that says why. */
const REMEMBERED_MS = 7 * 24 * 3_600_000;
const LONGEST_BROWSER = 200;

type Inside = Pick<Database, "all" | "dialect">;
type Opening = {
  personId: string;
  signedInBy: SignedInBy;
  headers: Headers;
  /** When the identity was proven, where that was not now: a provider says when it asked. */
  provenAt?: number;
};

/**
 * Signs somebody in whose identity is proven: a session of its own under a new cookie, whatever cookie the browser sent before.
 *
 * @throws AppError `sign_in_refused` for somebody who is disabled
 */
export async function openSession(opening: Opening): Promise<SessionCookie> {
  const database = await state();
  return database.transaction((inside) => openSessionInside(inside, opening));
}

/** The same within a transaction of the caller: a link is used and the session opened, or neither. */
export async function openSessionInside(inside: Inside, opening: Opening): Promise<SessionCookie> {
  const { personId, signedInBy, headers, provenAt } = opening;
  const person = await findPerson(inside, personId);
  if (!person || person.isDisabled) throw new AppError("sign_in_refused", "This account may not sign in.");
  const now = authNow();
  const token = newToken();
  const session: Session = {
    id: randomUUID(),
    personId,
    signedInBy,
    from: addressOfRequest(headers),
    browser: (headers.get("user-agent") ?? "").slice(0, LONGEST_BROWSER),
    createdAt: now,
    seenAt: now,
    provenAt: Math.min(provenAt ?? now, now),
    endedAt: null,
    endedBecause: null,
  };
  await endCookieSession(inside, headers, now);
  await forgetSessions(inside, now - REMEMBERED_MS);
  await addSession(inside, hashOfToken(token), session);
  const actor = { id: personId, name: person.name, sessionId: session.id, from: session.from };
  await appendInside(inside, { kind: "signed-in", actor, details: { by: signedInBy } });
  return sessionCookie(token);
}

/** One browser, one session: what it had before ends when it signs in anew. */
async function endCookieSession(inside: Inside, headers: Headers, now: number): Promise<void> {
  const token = sessionTokenIn(headers);
  const before = token === null ? null : await findSession(inside, hashOfToken(token));
  if (before) await endSession(inside, before.session.id, "Somebody signed in anew in the same browser.", now);
}

/**
 * The same session with a fresh proof of identity, under a new cookie: the old one is worth nothing from then on.
 *
 * @throws AppError `not_signed_in` where it ended meanwhile
 */
export async function proveSession(actor: Actor, by: SignedInBy): Promise<SessionCookie> {
  const database = await state();
  const token = newToken();
  return database.transaction(async (inside) => {
    if (!(await renewSession(inside, actor.sessionId, hashOfToken(token), authNow())))
      throw new AppError("not_signed_in", "This session ended meanwhile.");
    await appendInside(inside, { kind: "signed-in", actor, details: { by, again: true } });
    return sessionCookie(token);
  });
}

/** Why a session counts for nothing any more; null: it counts. `seenAt`: the newest sign of life that is known of it. */
export function whyOver(session: Session, seenAt: number, now: number): string | null {
  if (session.endedAt !== null) return session.endedBecause ?? "It was ended.";
  if (now - session.createdAt >= ABSOLUTE_MS) return "It was twelve hours old, which is the longest that one lasts.";
  if (now - seenAt >= IDLE_MS) return "Nobody looked at the console for 30 minutes.";
  return null;
}
