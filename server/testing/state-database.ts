import "server-only";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Sandbox } from "@/sandbox/types";
import { Secret } from "@/server/config/secret";
import type { Database } from "@/server/store/database";
import { openPostgres } from "@/server/store/postgres";
import { addressOf } from "@/server/store/postgres-connect";
import { openSqlite } from "@/server/store/sqlite";

/** A place for a state, which several consoles may open. */
export type StatePlace = { open: () => Promise<Database>; url: string | null; remove: () => Promise<void> };

/** An empty state in a file of its own. */
export function aSqliteState(): StatePlace {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-state-"));
  return {
    open: async () => openSqlite(join(folder, "state.sqlite"), "NORMAL"),
    url: null,
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** An empty state in a database of its own, on the sandbox's coordinator. */
export async function aPostgresState(sandbox: Sandbox): Promise<StatePlace> {
  const name = `state_${randomBytes(6).toString("hex")}`;
  await sandbox.query(`create database ${name}`);
  const url = new URL(sandbox.url("owner"));
  url.pathname = `/${name}`;
  return {
    open: () => openPostgres(addressOf({ url: new Secret(url.href), ca: undefined, allowInsecure: false })),
    url: url.href,
    remove: async () => {
      await sandbox.query(`drop database ${name} with (force)`);
    },
  };
}
