import "server-only";
import { signInNameSchema } from "@/lib/domain/person";
import { AppError } from "@/lib/errors";
import { appendAudit } from "@/server/audit/append";
import { addressOfRequest } from "@/server/http/address";
import { findPerson, LOCAL, type Person, personId } from "@/server/store/people";
import { state } from "@/server/store/state";
import type { Actor } from "./actor";
import type { SessionCookie } from "./cookie";
import { guessed } from "./guard-guesses";
import { isPassword } from "./passwords";
import { openSession, proveSession } from "./sessions";

/** The same words whatever was wrong: they must not tell whether there is somebody of that name. */
const REFUSAL = "Name and password do not belong together, or the account may not sign in.";

/**
 * Signs in by name and password. Unknown names take as long and count as much as known ones.
 *
 * @throws AppError `sign_in_refused`, `too_many_requests`
 */
export async function signInByPassword(
  typed: { name: string; password: string },
  headers: Headers,
): Promise<SessionCookie> {
  const name = signInNameSchema.safeParse(typed.name);
  // What cannot be a name is nobody's, and is looked at like any other.
  const id = personId(LOCAL, name.success ? name.data : typed.name);
  const person = await provenByPassword(id, typed.password, headers);
  return openSession({ personId: person.id, signedInBy: "password", headers });
}

/**
 * The password of somebody who is signed in, asked again.
 *
 * @throws AppError `sign_in_refused`, `too_many_requests`
 */
export async function proveByPassword(actor: Actor, password: string, headers: Headers): Promise<SessionCookie> {
  await provenByPassword(actor.id, password, headers);
  return proveSession(actor, "password");
}

/** @throws AppError `sign_in_refused`, `too_many_requests` */
export async function provenByPassword(id: string, password: string, headers: Headers): Promise<Person> {
  const from = addressOfRequest(headers);
  const person = await guessed({ account: id, from }, async () => {
    const found = await findPerson(await state(), id);
    const isRight = await isPassword(password, found?.passwordHash ?? null);
    return isRight && found && !found.isDisabled ? found : null;
  });
  if (person) return person;
  // Who was meant is not said: people type their password into the field for the name.
  await appendAudit({ kind: "sign-in-refused", details: { by: "password", from, ...(await knownAs(id)) } });
  throw new AppError("sign_in_refused", REFUSAL);
}

async function knownAs(id: string): Promise<{ person?: string }> {
  return (await findPerson(await state(), id)) ? { person: id } : {};
}
