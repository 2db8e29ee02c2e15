import { randomInt } from "node:crypto";
import { roleSchema } from "../../lib/domain/permission.ts";
import { makeLink } from "../../server/auth/links.ts";
import { hashPassword } from "../../server/auth/passwords.ts";
import { openSession } from "../../server/auth/sessions.ts";
import { addPerson, LOCAL, setGrants, setPassword } from "../../server/store/people.ts";
import { closeState, state } from "../../server/store/state.ts";

/**
 * A program of its own, under scripts/hooks.mjs, before the console on the same DATA_DIR starts: somebody, an admin if nothing else is said, with a password that nobody
 * knew before, a link, and on request a session for measuring. For consoles of this machine that end with the command that started them.
 */
const ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
const quarter = () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

const [name = "demo", wantedRole = "admin", isSignedIn] = process.argv.slice(2);
const role = roleSchema.parse(wantedRole);
const password = [quarter(), quarter(), quarter(), quarter()].join("-");
const passwordHash = await hashPassword(password);
const database = await state();
const { link, personId } = await database.transaction(async (inside) => {
  const personId = await addPerson(inside, { issuer: LOCAL, subject: name, name }, Date.now());
  await setPassword(inside, personId, passwordHash);
  await setGrants(inside, personId, [{ cluster: "*", role }]);
  return { personId, link: (await makeLink(inside, "sign-in", personId)).address };
});
const headers = new Headers({ "user-agent": "scripts" });
const cookie = isSignedIn ? await openSession({ personId, signedInBy: "link", headers }) : null;
await closeState();
process.stdout.write(JSON.stringify({ name, password, link, cookie: cookie && `${cookie.name}=${cookie.value}` }));
