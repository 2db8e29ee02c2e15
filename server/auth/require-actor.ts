import "server-only";
import { AppError } from "@/lib/errors";
import { addressOfRequest } from "@/server/http/address";
import { findSession } from "@/server/store/sessions";
import { state } from "@/server/store/state";
import type { Actor } from "./actor";
import { authNow } from "./clock";
import { sessionTokenIn } from "./cookie";
import { actorOfProxy } from "./proxy-actor";
import { hashOfToken } from "./secrets";
import { lastSeen, markSeen } from "./seen";
import { whyOver } from "./sessions";
import { findSessionTogether } from "./sessions-together";

/** What is said where there was no session at all; every other sentence says why one is over. */
export const NO_SESSION = "This browser is not signed in.";

/** Each way in says who it is, null where the request does not use it, or throws `not_signed_in` with the reason. The first that knows decides. */
const WAYS_IN: readonly ((headers: Headers, isLooking: boolean) => Promise<Actor | null>)[] = [
  actorOfProxy,
  actorOfSession,
];

/**
 * Who asks, by the session cookie of the request's headers (or a proven proxy's). The only way in: pages, GET handlers and actions call it.
 * `isLooking` false: asked for somebody (an open stream), not by them; it keeps no session alive.
 *
 * @throws AppError `not_signed_in`; its detail says why a session that there was is over
 */
export async function requireActor(headers: Headers, isLooking = true): Promise<Actor> {
  for (const way of WAYS_IN) {
    const actor = await way(headers, isLooking);
    if (actor) return actor;
  }
  throw new AppError("not_signed_in", NO_SESSION);
}

/** Roles and the owner's state are read each time: what an admin changes holds from the next request on. */
async function actorOfSession(headers: Headers, isLooking: boolean): Promise<Actor | null> {
  const token = sessionTokenIn(headers);
  if (token === null) return null;
  const hash = hashOfToken(token);
  const found = isLooking ? await findSession(await state(), hash) : await findSessionTogether(hash);
  if (!found) return null;
  const { session, name, isDisabled, grants } = found;
  const now = authNow();
  const over = isDisabled ? "The account is disabled." : whyOver(session, lastSeen(session), now);
  if (over !== null) throw new AppError("not_signed_in", `Your session is over. ${over}`);
  if (isLooking) markSeen(session, now);
  return {
    id: session.personId,
    name,
    sessionId: session.id,
    from: addressOfRequest(headers),
    signedInBy: session.signedInBy,
    provenAt: session.provenAt,
    roles: new Map(grants.map(({ cluster, role }) => [cluster, role])),
  };
}
