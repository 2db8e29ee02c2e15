import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ROOT } from "./paths.ts";

type Place = { DATA_DIR: string; PORT: string };
/** `link` signs in once. */
export type MadePerson = { name: string; password: string; link: string };

/** An admin for a console that is about to start on the same DATA_DIR and PORT. */
export async function makePersonWithLink(name: string, place: Place): Promise<MadePerson> {
  return made(name, place, "admin");
}

/** Somebody with a session that is open, as a Cookie header has it. */
export async function makePerson(
  name: string,
  place: Place,
  role: "viewer" | "operator" | "admin" = "admin",
): Promise<MadePerson & { cookie: string }> {
  const { cookie, ...person } = await made(name, place, role, "signed-in");
  return { ...person, cookie: cookie ?? "" };
}

async function made(name: string, env: Place, ...more: string[]): Promise<MadePerson & { cookie: string | null }> {
  const program = [`${ROOT}/scripts/steps/make-person.ts`, name, ...more];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--import", `${ROOT}/scripts/hooks.mjs`, ...program],
    {
      cwd: ROOT,
      env: { ...process.env, ...env },
    },
  );
  return JSON.parse(stdout);
}
