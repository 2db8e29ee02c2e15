import { readFileSync } from "node:fs";
import pg from "pg";
import { urlOf } from "../query.ts";
import { PRIMARY_NAMES, type SandboxState } from "../state.ts";
import { LOGIN_ROLES } from "./first-folder.ts";

/** The script that people run, on every node for itself: the roles were there before Citus, so it does not know them. */
export async function grantLogins(state: SandboxState): Promise<void> {
  await Promise.all(PRIMARY_NAMES.map((node) => runScript(urlOf(state, "owner", node), { here: "1" })));
}

/**
 * Runs sql/roles.sql without psql, which not every machine has: psql's own lines are left out, and its variables are put in as
 * it would do it.
 */
export async function runScript(url: string, variables: Record<string, string> = {}): Promise<void> {
  const given = { read: LOGIN_ROLES.read, ops: LOGIN_ROLES.ops, owners: "all", here: "0", ...variables };
  const text = readFileSync(new URL("../../sql/roles.sql", import.meta.url), "utf8")
    .replace(/^\\.*$/gm, "")
    .replace(/:'(\w+)'/g, (_all, name: string) => pg.escapeLiteral(given[name as keyof typeof given]));
  const client = new pg.Client({ connectionString: url, application_name: "sandbox" });
  // A server that goes away emits here as well; the pending query already rejects.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
