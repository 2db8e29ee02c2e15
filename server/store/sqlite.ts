import "server-only";
import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { AppError, isAppError } from "@/lib/errors";
import type { Database, StoreStatement, Value } from "./database";
import { transactionScope } from "./transaction";

type Durability = "FULL" | "NORMAL";

/** How long a statement waits for another process (the command line, say) that has the file. */
const PATIENCE_MS = 5_000;
const ASK_AGAIN_MS = 5;
/** SQLITE_BUSY, whatever more exact number stands above its lowest byte. */
const BUSY = 5;

/** A database in one file. FULL: what was committed survives a loss of power, at the price of one fsync per commit. */
export function openSqlite(path: string, durability: Durability): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const connection = dressed(() => new DatabaseSync(path, { timeout: PATIENCE_MS }));
  chmodSync(path, 0o600);
  connection.exec(`pragma journal_mode = wal; pragma synchronous = ${durability}; pragma foreign_keys = on`);
  // From here on SQLite itself never waits: it would keep the whole process waiting.
  connection.exec("pragma busy_timeout = 0");
  // PostgreSQL has it from its migrations. Leases are counted by the clock of the database that holds them.
  connection.function("now_ms", () => Date.now());
  const known = new Map<string, StatementSync>();
  // One connection: what comes while a transaction is open waits for its end, or it would become part of it.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };

  const all = async <Row>(statement: StoreStatement<Row>, values: readonly Value[] = []): Promise<Row[]> =>
    dressed(() => {
      const prepared = known.get(statement.text) ?? connection.prepare(statement.text.replaceAll(/\$(\d+)/g, "?$1"));
      known.set(statement.text, prepared);
      return z.array(statement.row).parse(prepared.all(...values).map((row) => ({ ...row })));
    });

  const scope = transactionScope();
  return {
    dialect: "sqlite",
    async all(statement, values) {
      scope.refuseInside();
      return inTurn(() => patiently(() => all(statement, values)));
    },
    async transaction(work) {
      scope.refuseInside();
      return inTurn(async () => {
        await patiently(async () => dressed(() => connection.exec("begin immediate")));
        try {
          const result = await scope.run({ dialect: "sqlite", all }, work);
          dressed(() => connection.exec("commit"));
          return result;
        } catch (cause) {
          // SQLite rolls back by itself after some failures (disk full), and then there is nothing to roll back.
          if (connection.isTransaction) connection.exec("rollback");
          throw cause;
        }
      });
    },
    close: () =>
      inTurn(async () => {
        if (connection.isOpen) connection.close();
      }),
  };
}

/** Repeats what found the file taken: nothing of it was done. */
async function patiently<T>(work: () => Promise<T>, until = performance.now() + PATIENCE_MS): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(isAppError(cause) && isBusy(cause.cause)) || performance.now() > until) throw cause;
    await sleep(ASK_AGAIN_MS);
    return patiently(work, until);
  }
}

function dressed<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AppError("state_failed", `The console's own database: ${why}.`, { cause });
  }
}

/**
 * Locks a file for as long as this process lives, kill -9 included: the kernel gives the lock back, and Node has no other way
 * to ask for one. Returns how to let go; null: another process has it.
 */
export function holdFile(path: string): (() => void) | null {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const connection = dressed(() => new DatabaseSync(path, { timeout: 0 }));
  try {
    dressed(() => connection.exec("begin exclusive"));
    chmodSync(path, 0o600);
    return () => connection.close();
  } catch (cause) {
    connection.close();
    if (isAppError(cause) && isBusy(cause.cause)) return null;
    throw cause;
  }
}

function isBusy(cause: unknown): boolean {
  return (
    typeof cause === "object" &&
    cause !== null &&
    "errcode" in cause &&
    typeof cause.errcode === "number" &&
    (cause.errcode & 0xff) === BUSY
  );
}
