import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** What a console wrote into its own state so far, the one under test if no other: whoever did something, or ended a session, changed it. */
export function written(folder = process.env.E2E_DATA_DIR): {
  audit: number;
  sessions: number;
  runs: number;
  openRuns: number;
} {
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

/** Everybody's last proof of who they are is this old: from five minutes on, what is highly sensitive asks for it again. */
export function setProofs(ageMs: number, folder = process.env.E2E_DATA_DIR): void {
  if (!folder) throw new Error("No E2E_DATA_DIR: start the suite with npm run e2e.");
  const state = new DatabaseSync(join(folder, "state.sqlite"), { timeout: 5_000 });
  try {
    state.prepare("update sessions set proven_at = ? where ended_at is null").run(Date.now() - ageMs);
  } finally {
    state.close();
  }
}
