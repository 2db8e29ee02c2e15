import "server-only";
import { chmodSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { z } from "zod";
import { AppError, isAppError } from "@/lib/errors";
import type { Database, StoreStatement, Value } from "./database";

type Durability = "FULL" | "NORMAL";

/** A database in one file. FULL: what was committed survives a loss of power, at the price of one fsync per commit. */
export function openSqlite(path: string, durability: Durability): Database {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const connection = dressed(() => new DatabaseSync(path, { timeout: 5_000 }));
  chmodSync(path, 0o600);
  connection.exec(`pragma journal_mode = wal; pragma synchronous = ${durability}; pragma foreign_keys = on`);
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

  return {
    dialect: "sqlite",
    all: (statement, values) => inTurn(() => all(statement, values)),
    transaction: (work) =>
      inTurn(async () => {
        dressed(() => connection.exec("begin immediate"));
        try {
          const result = await work({ dialect: "sqlite", all });
          dressed(() => connection.exec("commit"));
          return result;
        } catch (cause) {
          // SQLite rolls back by itself after some failures (disk full), and then there is nothing to roll back.
          if (connection.isTransaction) connection.exec("rollback");
          throw cause;
        }
      }),
    close: () =>
      inTurn(async () => {
        if (connection.isOpen) connection.close();
      }),
  };
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

/** SQLITE_BUSY */
const BUSY = 5;

function isBusy(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "errcode" in cause && cause.errcode === BUSY;
}
