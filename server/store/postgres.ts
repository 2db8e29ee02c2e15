import "server-only";
import pg from "pg";
import { z } from "zod";
import { AppError, isAppError } from "@/lib/errors";
import { log } from "@/server/log";
import type { Database, StoreStatement, Value } from "./database";
import { type Address, clientConfig, ensureSchema, QUERY_MS } from "./postgres-connect";
import { listener } from "./postgres-listen";
import { transactionScope } from "./transaction";

const MOST_CONNECTIONS = 4;
/** Serialisation failure and deadlock: the server did nothing, so one statement may simply be said again. */
const TRY_AGAIN: readonly (string | undefined)[] = ["40001", "40P01"];
const TRIES = 3;

/**
 * The console's own state in PostgreSQL, for several consoles at once. Transactions take turns, one lock for all consoles, as on
 * SQLite: what a transaction has looked up is still so when it writes.
 *
 * @throws AppError `state_failed`
 */
export async function openPostgres(address: Address): Promise<Database> {
  await ensureSchema(address).catch((cause: unknown) => {
    throw failed(cause);
  });
  const pool = new pg.Pool({
    ...clientConfig(address, "state"),
    max: MOST_CONNECTIONS,
    query_timeout: QUERY_MS,
    idleTimeoutMillis: 60_000,
  });
  // An idle client whose server goes away emits here; with no listener Node would exit.
  pool.on("error", (cause) => log.warn("connection to the state lost", { cause }));
  // So does one that is cut in the middle of a transaction while nothing is asked on it; the next statement then fails by itself.
  pool.on("connect", (client) => client.on("error", () => undefined));
  const scope = transactionScope();
  const heard = listener(address);

  async function all<Row>(statement: StoreStatement<Row>, values?: readonly Value[], tries = TRIES): Promise<Row[]> {
    try {
      return await ask(pool, statement, values);
    } catch (cause) {
      if (tries > 1 && TRY_AGAIN.includes(sqlStateOf(cause))) return all(statement, values, tries - 1);
      throw failed(cause);
    }
  }

  return {
    dialect: "postgres",
    async all(statement, values) {
      scope.refuseInside();
      return all(statement, values);
    },
    async transaction(work) {
      scope.refuseInside();
      const client = await begun(pool, address.turn);
      try {
        const inside = <Row>(statement: StoreStatement<Row>, values?: readonly Value[]) =>
          ask(client, statement, values).catch((cause: unknown) => {
            throw failed(cause);
          });
        const result = await scope.run({ dialect: "postgres", all: inside }, work);
        await client.query("commit").catch((cause: unknown) => {
          throw failed(cause);
        });
        client.release();
        return result;
      } catch (cause) {
        // A connection that cannot even roll back is not used again; the server rolls back when it ends.
        await client.query("rollback").then(
          () => client.release(),
          (lost: Error) => client.release(lost),
        );
        throw cause;
      }
    },
    listen: heard.listen,
    async close() {
      await heard.close();
      await pool.end();
    },
  };
}

/** A connection may have died while it was idle; until something was asked on it another one is as good. */
async function begun(pool: pg.Pool, turn: number, tries = TRIES): Promise<pg.PoolClient> {
  const client = await pool.connect().catch((cause: unknown) => {
    throw failed(cause);
  });
  try {
    await client.query("begin");
    await client.query("select pg_catalog.pg_advisory_xact_lock($1)", [turn]);
    return client;
  } catch (cause) {
    client.release(true);
    if (tries > 1 && sqlStateOf(cause) === undefined) return begun(pool, turn, tries - 1);
    throw failed(cause);
  }
}

async function ask<Row>(
  on: pg.Pool | pg.PoolClient,
  { text, row }: StoreStatement<Row>,
  values: readonly Value[] = [],
): Promise<Row[]> {
  const { rows } = await on.query(text, [...values]);
  return z.array(row).parse(rows);
}

function sqlStateOf(cause: unknown): string | undefined {
  return cause instanceof pg.DatabaseError ? cause.code : undefined;
}

function failed(cause: unknown): AppError {
  if (isAppError(cause)) return cause;
  const sqlState = sqlStateOf(cause);
  const code = typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : "no answer";
  const why = (cause instanceof Error && cause.message) || code;
  return new AppError("state_failed", `The console's own database: ${why}.`, { cause, ...(sqlState && { sqlState }) });
}
