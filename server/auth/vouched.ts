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
 * Lets somebody in as the person that the console keeps, with the roles that hold now; `enter` is of the same transaction. Where roles
 * changed, their open sessions end: what was taken away must not live on in another browser, the last one too.
 *
 * @throws AppError `sign_in_refused` for somebody disabled here, and for somebody whom no rule gives a role
 */
export async function admitVouched<T>(
  database: Pick<Database, "transaction">,
  vouched: Vouched,
  enter: (inside: Inside, personId: string) => Promise<T>,
): Promise<T> {
  const admitted = await database.transaction(async (inside) => {
    const personId = await keepVouched(inside, vouched);
    return personId === null ? null : { answer: await enter(inside, personId) };
  });
  // Only now: what was taken away stays taken away.
  if (!admitted) throw new AppError("sign_in_refused", "No rule of the console's configuration gives you a role.");
  return admitted.answer;
}

/** Their id; null: they have no role, now not even here. */
async function keepVouched(inside: Inside, { issuer, subject, name, roles }: Vouched): Promise<string | null> {
  const id = personId(issuer, subject);
  const known = await findPerson(inside, id);
  if (known?.isDisabled) throw new AppError("sign_in_refused", "This account is disabled in the console.");
  if (!known && roles.size === 0) return null;
  if (!known) await addPerson(inside, { issuer, subject, name }, authNow());
  else if (known.name !== name) await renamePerson(inside, id, name);
  await bringRoles(
    inside,
    id,
    [...roles].map(([cluster, role]) => ({ cluster, role })),
  );
  return roles.size === 0 ? null : id;
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
