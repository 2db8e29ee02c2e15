import "server-only";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Role } from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import { appendInside } from "@/server/audit/append";
import type { Database } from "@/server/store/database";
import { addPerson, findPerson, grantsOf, personId, renamePerson, setGrants } from "@/server/store/people";
import { endSessionsOf } from "@/server/store/sessions";
import { authNow } from "./clock";

type Inside = Pick<Database, "all" | "dialect">;

/** Somebody for whom a provider or a proxy vouches. Issuer and subject are who they are: the same name from two sources is two people. */
export type Vouched = { issuer: string; subject: string; name: string; roles: ReadonlyMap<ClusterId | "*", Role> };

/**
 * The person as the console keeps them, with the roles that hold now. Where those changed, their open sessions end: what was taken away
 * must not live on in another browser.
 *
 * @throws AppError `sign_in_refused` for somebody disabled here, and for somebody whom no rule gives a role
 */
export async function knowVouched(inside: Inside, { issuer, subject, name, roles }: Vouched): Promise<string> {
  const id = personId(issuer, subject);
  const known = await findPerson(inside, id);
  if (known?.isDisabled) throw new AppError("sign_in_refused", "This account is disabled in the console.");
  if (roles.size === 0)
    throw new AppError("sign_in_refused", "No rule of the console's configuration gives you a role.");
  if (!known) await addPerson(inside, { issuer, subject, name }, authNow());
  else if (known.name !== name) await renamePerson(inside, id, name);
  await bringRoles(
    inside,
    id,
    [...roles].map(([cluster, role]) => ({ cluster, role })),
  );
  return id;
}

async function bringRoles(inside: Inside, id: string, now: { cluster: ClusterId | "*"; role: Role }[]): Promise<void> {
  const before = await grantsOf(inside, id);
  const text = (grants: typeof now) => JSON.stringify(grants.map(({ cluster, role }) => [cluster, role]).sort());
  if (text(before) === text(now)) return;
  await setGrants(inside, id, now);
  const ended = await endSessionsOf(inside, id, "Your roles changed.", authNow());
  const roles = Object.fromEntries(now.map(({ cluster, role }) => [cluster, role]));
  await appendInside(inside, { kind: "person-changed", details: { person: id, roles, sessionsEnded: ended } });
}
