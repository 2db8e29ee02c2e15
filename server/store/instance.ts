import "server-only";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { AppError } from "@/lib/errors";
import { env } from "@/server/env";
import type { Database } from "./database";
import { type Hold, hold } from "./hold";
import { forgetLeases, holdersOf } from "./leases";
import { holdFile } from "./sqlite";
import { state } from "./state";

/** A console that was not heard for this long is taken for dead: what it left open may be reconciled by another. */
export const INSTANCE_LEASE_MS = 10_000;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
const RETRY_MS = 1_000;

type Heart = { id: string; stop?: () => Promise<void> };

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardInstance?: Heart };

function heart(): Heart {
  holder.__shardboardInstance ??= { id: randomUUID().slice(0, 13) };
  return holder.__shardboardInstance;
}

/** Which of the consoles on one state this process is; new with every start. */
export function instanceId(): string {
  return heart().id;
}

/**
 * From now on this console counts as alive for the others. On SQLite the data folder is this process's alone until it ends,
 * however it ends; a second console on it is refused. Nothing that another left open may be judged before this resolves.
 *
 * @throws AppError `state_failed`
 */
export async function beginInstance(): Promise<void> {
  const mine = heart();
  if (mine.stop) return;
  const database = await state();
  if (database.dialect === "sqlite") {
    const release = holdFile(join(env().DATA_DIR, "in-use.sqlite"));
    if (!release) throw new AppError("state_failed", "Another console that runs uses this data folder (DATA_DIR).");
    mine.stop = async () => release();
    return;
  }
  await forgetLeases(database, "instance", FORGOTTEN_AFTER_MS);
  mine.stop = await keepAlive(database, mine.id);
}

export async function endInstance(): Promise<void> {
  const { stop } = heart();
  delete holder.__shardboardInstance;
  await stop?.();
}

/** The consoles that are alive, this one among them. On SQLite there is never another. */
export async function livingInstances(database: Database): Promise<ReadonlySet<string>> {
  const others = database.dialect === "sqlite" ? [] : await holdersOf(database, "instance");
  return new Set([...others, instanceId()]);
}

/** A heartbeat that was lost (the state was away for too long) begins again as soon as the state is back. */
async function keepAlive(database: Database, id: string): Promise<() => Promise<void>> {
  let current: Hold | null = null;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const begin = async () => {
    current = await hold(database, `instance:${id}`, id, { forMs: INSTANCE_LEASE_MS, onLost: again });
  };
  function again(): void {
    if (isStopped) return;
    timer = setTimeout(() => begin().catch(again), RETRY_MS).unref();
  }
  await begin();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await current?.release();
  };
}
