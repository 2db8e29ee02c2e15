import "server-only";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError, isAppError } from "@/lib/errors";
import { env } from "@/server/env";
import { log } from "@/server/log";
import type { Database } from "./database";
import { type Hold, hold } from "./hold";
import { forgetLeases, holdersOf } from "./leases";
import { holdFile } from "./sqlite";
import { state } from "./state";

/** A console that was not heard for this long is taken for dead: what it left open may be reconciled by another. */
export const INSTANCE_LEASE_MS = 10_000;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
const RETRY_MS = 1_000;
/** A console that was told to end needs some time for it; its successor may be there before. */
const HANDOVER_MS = 20_000;

type Heart = { id: string; isOver: boolean; stop?: () => Promise<void> };

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardInstance?: Heart };

function heart(): Heart {
  holder.__shardboardInstance ??= { id: randomUUID().slice(0, 13), isOver: false };
  return holder.__shardboardInstance;
}

/** Which of the consoles on one state this process is; new with every start. */
export function instanceId(): string {
  return heart().id;
}

/**
 * From now on this console counts as alive for the others. On SQLite the data folder is this process's alone until it ends,
 * however it ends. Nothing that another left open may be judged before this resolves; a state that is away is waited for.
 *
 * @throws AppError `conflict` where another console uses the data folder and does not end
 */
export async function beginInstance(): Promise<void> {
  const mine = heart();
  const refusedAt = performance.now() + HANDOVER_MS;
  let isSaid = false;
  while (!mine.stop && !mine.isOver) {
    try {
      mine.stop = await begin(mine.id);
    } catch (cause) {
      if (isAppError(cause) && cause.code === "conflict" && performance.now() > refusedAt) throw cause;
      if (!isSaid) log.warn("this console does not count as alive yet", { cause });
      isSaid = true;
      await wait(RETRY_MS);
    }
  }
}

async function begin(id: string): Promise<() => Promise<void>> {
  const database = await state();
  if (database.dialect === "sqlite") {
    const release = holdFile(join(env().DATA_DIR, "in-use.sqlite"));
    if (!release) throw new AppError("conflict", "Another console that runs uses this data folder (DATA_DIR).");
    return async () => release();
  }
  await forgetLeases(database, "instance", FORGOTTEN_AFTER_MS);
  return keepAlive(database, id);
}

export async function endInstance(): Promise<void> {
  const mine = heart();
  mine.isOver = true;
  delete holder.__shardboardInstance;
  await mine.stop?.();
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
