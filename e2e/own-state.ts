import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What the console under test wrote into its own state so far: whoever did something, or ended a session, changed it. */
export function written(): { audit: number; sessions: number; runs: number; openRuns: number } {
  const folder = process.env.E2E_DATA_DIR;
  if (!folder) throw new Error("No E2E_DATA_DIR: start the suite with npm run e2e.");
  const state = new DatabaseSync(join(folder, "state.sqlite"), { readOnly: true });
  try {
    const count = (sql: string) => Number(Object.values(state.prepare(sql).get() ?? {})[0]);
    return {
      audit: count("select count(*) from audit"),
      sessions: count("select count(*) from sessions where ended_at is null"),
      runs: count("select count(*) from runs"),
      openRuns: count("select count(*) from runs where finished_at is null"),
    };
  } finally {
    state.close();
  }
}
