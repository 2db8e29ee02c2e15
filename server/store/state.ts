import "server-only";
import { join } from "node:path";
import { env } from "@/server/env";
import type { Database } from "./database";
import { migrate } from "./migrate";
import { STATE_MIGRATIONS } from "./migrations";
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

async function open(): Promise<Database> {
  const database = openSqlite(join(env().DATA_DIR, "state.sqlite"), "FULL");
  await migrate(database, STATE_MIGRATIONS);
  return database;
}

/** For the end of the process, and for tests. */
export async function closeState(): Promise<void> {
  const opened = holder.__shardboardState;
  delete holder.__shardboardState;
  await (await opened?.catch(() => undefined))?.close();
}
