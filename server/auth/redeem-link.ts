import "server-only";
import { mayBePassword } from "@/lib/domain/password";
import { signInNameSchema } from "@/lib/domain/person";
import { AppError } from "@/lib/errors";
import { appendInside } from "@/server/audit/append";
import { parse } from "@/server/parse";
import type { Database } from "@/server/store/database";
import { type Link, takeLink } from "@/server/store/links";
import { addPerson, findPerson, LOCAL, setGrants, setPassword } from "@/server/store/people";
import { endSessionsOf } from "@/server/store/sessions";
import { state } from "@/server/store/state";
import { authNow } from "./clock";
import type { SessionCookie } from "./cookie";
import { goodLink, requireGood } from "./links";
import { hashPassword } from "./passwords";
import { openSessionInside } from "./sessions";

type Inside = Pick<Database, "all" | "dialect">;
export type LinkUse = { token: string; name?: string | undefined; password?: string | undefined };

/**
 * Uses a link up and signs its holder in: as the first admin, as somebody invited, or with a new password. Used, changed and
 * signed in are one transaction: of many at once one gets in, and a failure uses nothing up.
 *
 * @throws AppError `sign_in_refused`, `too_many_requests`, `bad_input` with what is wrong with the password
 */
export async function redeemLink({ token, name, password }: LinkUse, headers: Headers): Promise<SessionCookie> {
  const { tokenHash, link } = await goodLink(token, headers);
  const database = await state();
  const isFirst = link.purpose === "first-admin";
  const chosenName = isFirst ? parse(signInNameSchema, name) : null;
  const known = link.personId === null ? null : await findPerson(database, link.personId);
  const hash =
    link.purpose === "sign-in" ? null : await hashOfChosen(password ?? "", chosenName ?? known?.subject ?? "");
  return database.transaction(async (inside) => {
    await requireGood(inside, link);
    const taken = await takeLink(inside, tokenHash, authNow());
    if (!taken) throw new AppError("sign_in_refused", "This link was used already; it is good once.");
    const personId = chosenName === null ? personOf(taken) : await addFirstAdmin(inside, chosenName);
    if (hash !== null) await changePassword(inside, personId, hash, taken);
    return openSessionInside(inside, { personId, signedInBy: "link", headers });
  });
}

async function hashOfChosen(password: string, name: string): Promise<string> {
  const verdict = mayBePassword(password, name);
  if (!verdict.allowed) throw new AppError("bad_input", verdict.because);
  return hashPassword(password);
}

function personOf(link: Link): string {
  if (link.personId === null) throw new AppError("sign_in_refused", "This link names nobody.");
  return link.personId;
}

async function addFirstAdmin(inside: Inside, name: string): Promise<string> {
  const id = await addPerson(inside, { issuer: LOCAL, subject: name, name }, authNow());
  await setGrants(inside, id, [{ cluster: "*", role: "admin" }]);
  await appendInside(inside, {
    kind: "person-changed",
    details: { person: id, change: "first admin", grants: ["*: admin"] },
  });
  return id;
}

async function changePassword(inside: Inside, personId: string, hash: string, { purpose }: Link): Promise<void> {
  await setPassword(inside, personId, hash);
  await endSessionsOf(inside, personId, "A new password was set.", authNow());
  await appendInside(inside, {
    kind: "person-changed",
    details: { person: personId, change: "password", by: purpose },
  });
}
