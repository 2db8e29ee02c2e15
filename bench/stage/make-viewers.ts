import { openSession } from "../../server/auth/sessions.ts";
import { addPerson, LOCAL, setGrants } from "../../server/store/people.ts";
import { closeState, state } from "../../server/store/state.ts";

/**
 * A program of its own, under scripts/hooks.mjs, before the console on the same DATA_DIR starts: so many people who may look at every
 * cluster, each with a session that is open. Says their cookies. The first is an admin.
 */
const count = Number(process.argv[2]);
const database = await state();
const ids = await database.transaction(async (inside) => {
  const made: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `viewer-${index}`;
    const personId = await addPerson(inside, { issuer: LOCAL, subject: name, name }, Date.now());
    await setGrants(inside, personId, [{ cluster: "*", role: index === 0 ? "admin" : "viewer" }]);
    made.push(personId);
  }
  return made;
});
const headers = new Headers({ "user-agent": "bench" });
const cookies: string[] = [];
for (const personId of ids) {
  const { name, value } = await openSession({ personId, signedInBy: "link", headers });
  cookies.push(`${name}=${value}`);
}
await closeState();
process.stdout.write(JSON.stringify(cookies));
