import "server-only";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import type { Database } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { openSqlite } from "@/server/store/sqlite";
import { closeState } from "@/server/store/state";

const holder = globalThis as typeof globalThis & { __shardboardState?: Promise<Database> };

/** The console's own state, fresh for each test of a file. `dress` may stand between it and who uses it. Called once, at the top. */
export function ownState(dress: (database: Database) => Database = (database) => database): void {
  let folder = "";
  beforeEach(async () => {
    await closeState();
    folder = mkdtempSync(join(tmpdir(), "shardboard-state-"));
    const database = openSqlite(join(folder, "state.sqlite"), "NORMAL");
    await migrate(database, STATE_MIGRATIONS);
    holder.__shardboardState = Promise.resolve(dress(database));
  });
  afterEach(async () => {
    await closeState();
    rmSync(folder, { recursive: true, force: true });
  });
}
