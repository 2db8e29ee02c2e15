import "server-only";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Role } from "@/lib/domain/permission";
import { AppError, isAppError } from "@/lib/errors";
import { addressOfRequest } from "@/server/http/address";
import { findPerson, grantsOf, personId } from "@/server/store/people";
import { state } from "@/server/store/state";
import type { Actor } from "./actor";
import { authNow } from "./clock";
import { proxySettings } from "./provider-settings";
import { proxiedPerson } from "./proxy";
import { admitVouched } from "./vouched";

const PROXY = "proxy";

/**
 * Whom a proven proxy names with this request; null: none is configured, or the request is not the proxy's. There is no session to
 * end: whoever may no longer enter is disabled here or turned away by the proxy, and both hold from the next request on.
 *
 * @throws AppError `not_signed_in` for somebody whom the console does not let in
 */
export async function actorOfProxy(headers: Headers): Promise<Actor | null> {
  const settings = proxySettings();
  const named = settings && proxiedPerson(settings, headers);
  if (!settings || !named) return null;
  const { subject, roles } = named;
  const id = personId(PROXY, subject);
  if (!(await isKnown(id, roles))) await know({ subject, roles });
  return {
    id,
    name: subject,
    sessionId: PROXY,
    from: addressOfRequest(headers),
    signedInBy: "proxy",
    provenAt: settings.countsAsProof ? authNow() : 0,
    roles,
  };
}

/** Most requests change nothing about the person, and then nothing is written. */
async function isKnown(id: string, roles: ReadonlyMap<ClusterId | "*", Role>): Promise<boolean> {
  const database = await state();
  const [person, grants] = await Promise.all([findPerson(database, id), grantsOf(database, id)]);
  const isSame = grants.length === roles.size && grants.every(({ cluster, role }) => roles.get(cluster) === role);
  return person !== null && !person.isDisabled && isSame && roles.size > 0;
}

async function know({ subject, roles }: { subject: string; roles: ReadonlyMap<ClusterId | "*", Role> }): Promise<void> {
  const database = await state();
  try {
    await admitVouched(database, { issuer: PROXY, subject, name: subject, roles }, async () => null);
  } catch (cause) {
    if (isAppError(cause) && cause.code === "sign_in_refused") throw new AppError("not_signed_in", cause.message);
    throw cause;
  }
}
