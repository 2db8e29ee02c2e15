import "server-only";
import type { Verdict } from "@/lib/domain/cluster";
import { mayDisable, mayGetPasswordLink, mayGrant } from "@/lib/domain/people-rules";
import type { Grant, PersonEntry } from "@/lib/domain/person";
import { AppError } from "@/lib/errors";
import { type AuditEvent, appendInside } from "@/server/audit/append";
import type { Database } from "@/server/store/database";
import { dropLinksOf } from "@/server/store/links";
import * as people from "@/server/store/people";
import { endSessionsOf } from "@/server/store/sessions";
import { state } from "@/server/store/state";
import type { Actor } from "./actor";
import { authNow } from "./clock";
import { makeLink } from "./links";
import { ABSOLUTE_MS, IDLE_MS } from "./sessions";

type Inside = Pick<Database, "all" | "dialect">;
export type GivenLink = { address: string; expiresAt: number };

export async function everybody(): Promise<PersonEntry[]> {
  const now = authNow();
  return people.listPeople(await state(), now - IDLE_MS, now - ABSOLUTE_MS);
}

/** A new local person who gets in by a link and then chooses a password. @throws AppError `conflict` where the name is taken */
export async function invite(actor: Actor, name: string, grants: readonly Grant[]): Promise<GivenLink> {
  return changed(actor, async (inside) => {
    const id = people.personId(people.LOCAL, name);
    if (await people.findPerson(inside, id)) throw new AppError("conflict", `There is somebody named ${name} already.`);
    await people.addPerson(inside, { issuer: people.LOCAL, subject: name, name }, authNow());
    await people.setGrants(inside, id, grants);
    const link = await makeLink(inside, "invitation", id);
    return { result: link, details: { person: id, change: "invited", roles: rolesOf(grants) } };
  });
}

/** Other roles from now on. Sessions end: whoever loses a right must not keep it in an open tab. @throws AppError `conflict` */
export async function grantRoles(actor: Actor, id: string, grants: readonly Grant[]): Promise<void> {
  await changed(actor, async (inside) => {
    const person = await entryOf(inside, id);
    insist(mayGrant(person, grants, await people.otherAdmins(inside, id)));
    await people.setGrants(inside, id, grants);
    const ended = await endSessionsOf(inside, id, "An admin changed your roles.", authNow());
    const roles = { before: rolesOf(person.grants), roles: rolesOf(grants) };
    return { result: undefined, details: { person: id, change: "roles", ...roles, sessionsEnded: ended } };
  });
}

/** Lets somebody in no more, and ends what they have open; or lets them in again. @throws AppError `conflict` */
export async function disable(actor: Actor, id: string, isDisabled: boolean): Promise<void> {
  await changed(actor, async (inside) => {
    const person = await entryOf(inside, id);
    if (isDisabled) insist(mayDisable(person, await people.otherAdmins(inside, id)));
    await people.setDisabled(inside, id, isDisabled);
    await dropLinksOf(inside, id);
    const ended = isDisabled ? await endSessionsOf(inside, id, "An admin disabled the account.", authNow()) : 0;
    const change = isDisabled ? "disabled" : "enabled";
    return { result: undefined, details: { person: id, change, sessionsEnded: ended } };
  });
}

/** A link to choose a new password; older ones of the same person are worth nothing from then on. @throws AppError `conflict` */
export async function passwordLink(actor: Actor, id: string): Promise<GivenLink> {
  return changed(actor, async (inside) => {
    const person = await entryOf(inside, id);
    insist(mayGetPasswordLink(person));
    await dropLinksOf(inside, id);
    const link = await makeLink(inside, person.canSignIn ? "new-password" : "invitation", id);
    return { result: link, details: { person: id, change: "link for a new password" } };
  });
}

export async function endAllSessions(actor: Actor, id: string): Promise<number> {
  return changed(actor, async (inside) => {
    await entryOf(inside, id);
    const ended = await endSessionsOf(inside, id, "An admin ended all your sessions.", authNow());
    return { result: ended, details: { person: id, change: "sessions ended", sessionsEnded: ended } };
  });
}

type Changed<T> = { result: T; details: NonNullable<AuditEvent["details"]> };

/** The change and its record, both or neither. */
async function changed<T>(actor: Actor, work: (inside: Inside) => Promise<Changed<T>>): Promise<T> {
  const database = await state();
  return database.transaction(async (inside) => {
    const { result, details } = await work(inside);
    await appendInside(inside, { kind: "person-changed", actor, details });
    return result;
  });
}

async function entryOf(inside: Inside, id: string) {
  const person = await people.findPerson(inside, id);
  if (!person) throw new AppError("not_found", "There is no such person.");
  const canSignIn = person.issuer !== people.LOCAL || person.passwordHash !== null;
  return { ...person, canSignIn, grants: await people.grantsOf(inside, id) };
}

function insist(verdict: Verdict): void {
  if (!verdict.allowed) throw new AppError("conflict", verdict.because);
}

function rolesOf(grants: readonly Grant[]): Record<string, string> {
  return Object.fromEntries(grants.map(({ cluster, role }) => [cluster, role]));
}
