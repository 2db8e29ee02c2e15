import "server-only";
import pg from "pg";
import { type Address, type LoginName, loginOf, type Target } from "@/server/clusters";
import { log } from "@/server/log";

/** Connections by purpose, so that a slow one never keeps a quick one waiting. */
export type Lane = "read" | "ops" | "node";

/** How long a server may work on one statement of a lane, and how many connections the lane may hold. */
const LANES: Record<Lane, { size: number; statementMs: number; connectMs: number; lockMs: number }> = {
  read: { size: 4, statementMs: 10_000, connectMs: 3_000, lockMs: 500 },
  ops: { size: 2, statementMs: 20_000, connectMs: 5_000, lockMs: 5_000 },
  // Per node. A frozen worker must cost its own numbers only, and within the 4 s in which a screen has to be usable.
  node: { size: 4, statementMs: 3_000, connectMs: 1_500, lockMs: 500 },
};

/** pg's own timeout leaves the backend running, so it only backs up the server-side one. */
const CLIENT_HEADROOM_MS = 500;

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardPools?: Map<string, pg.Pool> };

/** The pool of a lane; for the lane `node`, of that node's address. */
export function poolFor(target: Target, lane: Lane, address: Address = target.coordinator): pg.Pool {
  holder.__shardboardPools ??= new Map();
  const { user } = target.logins[lane === "ops" ? "ops" : "read"];
  const key = `${target.clusterId} ${user} ${lane} ${address.host}:${address.port}`;
  const known = holder.__shardboardPools.get(key);
  if (known) return known;
  const { size, connectMs } = LANES[lane];
  const pool = new pg.Pool({
    ...clientConfig(target, lane, address),
    max: size,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: 30_000,
  });
  // An idle client whose server goes away emits here; with no listener Node would exit.
  pool.on("error", (cause) => log.warn("idle connection lost", { cause, clusterId: target.clusterId, lane }));
  holder.__shardboardPools.set(key, pool);
  return pool;
}

function clientConfig(target: Target, lane: Lane, address: Address): pg.ClientConfig {
  const { statementMs, lockMs } = LANES[lane];
  const isRead = lane !== "ops";
  return {
    ...connectionConfig(target, isRead ? "read" : "ops", address),
    query_timeout: statementMs + CLIENT_HEADROOM_MS,
    application_name: `shardboard ${lane}`,
    options: settings({
      statement_timeout: statementMs,
      lock_timeout: lockMs,
      default_transaction_read_only: isRead ? "on" : "off",
      "citus.node_connection_timeout": isRead ? 2_000 : 5_000,
      // A session of the coordinator that keeps a connection to a worker hangs with it when it freezes, past any timeout.
      "citus.max_cached_conns_per_worker": 0,
      // A worker hides its shards from pg_class otherwise; a login may set this for itself.
      ...(lane === "node" && { "citus.override_table_visibility": "off" }),
      ...SESSION,
    }),
  };
}

/** Every session reads names and dates the same way and hears NOTICEs but no DEBUG, whatever the role's own settings are. */
const SESSION = {
  search_path: "pg_catalog,pg_temp",
  client_min_messages: "notice",
  DateStyle: "ISO",
  IntervalStyle: "postgres",
  TimeZone: "UTC",
};

/** Which login a long session has, and the action it belongs to: by that id it is found again after this process died. */
export type LongSession = { login: "ops" | "admin"; actionId?: string };

/**
 * A client for one long operation: no statement timeout, because distributing or draining may take hours, but a
 * short wait for locks, and the server looks now and then whether we are still there.
 */
export function longClient(target: Target, { login, actionId }: LongSession): pg.Client {
  return new pg.Client({
    ...connectionConfig(target, login, target.coordinator),
    connectionTimeoutMillis: LANES.ops.connectMs,
    application_name: actionId === undefined ? "shardboard:long" : `shardboard:act:${actionId}`,
    keepAlive: true,
    options: settings({
      // Said, because a role or a database may have a timeout of its own.
      statement_timeout: 0,
      lock_timeout: 5_000,
      client_connection_check_interval: 5_000,
      "citus.node_connection_timeout": 5_000,
      ...SESSION,
    }),
  });
}

function connectionConfig(target: Target, login: LoginName, address: Address): pg.ClientConfig {
  const { user, password } = loginOf(target, login);
  return {
    host: address.host,
    port: address.port,
    database: target.database,
    user,
    password,
    ssl: target.tls === false ? false : { rejectUnauthorized: true, ca: target.tls.ca, servername: address.host },
  };
}

function settings(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}

/** Closes every pool: at the end of a test run, and when the process is told to stop. */
export async function closePools(): Promise<void> {
  const pools = [...(holder.__shardboardPools?.values() ?? [])];
  holder.__shardboardPools?.clear();
  await Promise.all(pools.map((pool) => pool.end()));
}
