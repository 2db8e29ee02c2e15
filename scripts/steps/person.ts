import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ROOT } from "./paths.ts";

export type MadePerson = {
  name: string;
  password: string;
  /** Signs in once. */
  link: string;
  /** A session that is open, as a Cookie header has it. */
  cookie: string;
};

/** An admin for a console that is about to start on the same DATA_DIR and PORT. */
export async function makePerson(name: string, env: { DATA_DIR: string; PORT: string }): Promise<MadePerson> {
  const program = [`${ROOT}/scripts/steps/make-person.ts`, name];
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
