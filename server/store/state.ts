import "server-only";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env, secretOf } from "@/server/env";
import type { Database } from "./database";
import { migrate } from "./migrate";
import { STATE_MIGRATIONS } from "./migrations";
import { openPostgres } from "./postgres";
import { addressOf, type StateServer } from "./postgres-connect";
import { openSqlite } from "./sqlite";

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardState?: Promise<Database> };

/** The console's own state, opened and brought up to date once per process. @throws AppError `state_failed` */
export function state(): Promise<Database> {
  holder.__shardboardState ??= open().catch((cause: unknown) => {
    delete holder.__shardboardState; // the next request tries again: the disk may have been repaired
    throw cause;
  });
  return holder.__shardboardState;
}

/** STATE_URL, and how its server is believed; null: the state is in a file, for this console alone. */
export function stateAddress(): StateServer | null {
  const { STATE_URL, STATE_URL_FILE, STATE_CA_FILE, STATE_ALLOW_INSECURE } = env();
  const url = secretOf(STATE_URL, STATE_URL_FILE, "STATE_URL_FILE");
  if (!url) return null;
  const ca = STATE_CA_FILE ? readFileSync(STATE_CA_FILE, "utf8") : undefined;
  return { url, ca, allowInsecure: STATE_ALLOW_INSECURE };
}

async function open(): Promise<Database> {
  const server = stateAddress();
  const database = server
    ? await openPostgres(addressOf(server))
    : openSqlite(join(env().DATA_DIR, "state.sqlite"), "FULL");
  // One that could not be brought up to date is closed again: each further request would leave one more open.
  await migrate(database, STATE_MIGRATIONS).catch(async (cause: unknown) => {
    await database.close();
    throw cause;
  });
  return database;
}

/** For the end of the process, and for tests. */
export async function closeState(): Promise<void> {
  const opened = holder.__shardboardState;
  delete holder.__shardboardState;
  await (await opened?.catch(() => undefined))?.close();
}
