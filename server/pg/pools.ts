import "server-only";
import pg from "pg";
import { AppError } from "@/lib/errors";
import { type Address, type LoginName, loginOf, type Target } from "@/server/clusters";
import { log } from "@/server/log";
import { lookAtSession } from "@/server/sql/session";
import { type CoordinatorLook, currentCoordinator, findCoordinator, requireOnePrimary } from "./coordinators";
import { proveSession } from "./prove-session";
import { runOn } from "./run-on";
import { type Place, Session, type SessionSpec } from "./session";

/** Connections by purpose, so that a slow one never keeps a quick one waiting. Three logins, and the nodes asked with the first. */
export type Lane = LoginName | "node";

/** How long a server may work on one statement of a lane, and how many connections the lane may hold. */
const LANES: Record<Lane, { size: number; statementMs: number; connectMs: number; lockMs: number }> = {
  read: { size: 4, statementMs: 10_000, connectMs: 3_000, lockMs: 500 },
  ops: { size: 2, statementMs: 20_000, connectMs: 5_000, lockMs: 5_000 },
  admin: { size: 2, statementMs: 20_000, connectMs: 5_000, lockMs: 5_000 },
  // Per node. A frozen worker must cost its own numbers only, and within the 4 s in which a screen has to be usable.
  node: { size: 4, statementMs: 3_000, connectMs: 1_500, lockMs: 500 },
};

/** pg's own timeout leaves the backend running, so it only backs up the server-side one. */
const CLIENT_HEADROOM_MS = 500;

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardPools?: Map<string, pg.Pool> };

const loginOfLane = (lane: Lane): LoginName => (lane === "node" ? "read" : lane);

/** The pool of a lane at an address. */
export function poolFor(target: Target, lane: Lane, address: Place): pg.Pool {
  holder.__shardboardPools ??= new Map();
  const { user } = loginOf(target, loginOfLane(lane));
  const key = `${target.clusterId} ${lane} ${user} ${address.host}:${address.port} ${address.registered ?? ""}`;
  const known = holder.__shardboardPools.get(key);
  if (known) return known;
  const spec = specOf(target, lane, address);
  const pool = new pg.Pool({
    // A session needs nothing of what the pool would hand it.
    Client: class extends Session {
      constructor() {
        super(spec);
      }
    },
    onConnect: (client) => proveSession(client as Session),
    max: LANES[lane].size,
    connectionTimeoutMillis: spec.connectMs,
    idleTimeoutMillis: 30_000,
  });
  // An idle client whose server goes away emits here; with no listener Node would exit.
  pool.on("error", (cause) => log.warn("idle connection lost", { cause, clusterId: target.clusterId, lane }));
  holder.__shardboardPools.set(key, pool);
  return pool;
}

function specOf(target: Target, lane: Lane, address: Place): SessionSpec {
  const { statementMs, connectMs, lockMs } = LANES[lane];
  const login = loginOfLane(lane);
  const isRead = login === "read";
  return {
    target,
    login,
    purpose: lane,
    address,
    connectMs,
    queryMs: statementMs + CLIENT_HEADROOM_MS,
    settings: {
      statement_timeout: statementMs,
      lock_timeout: lockMs,
      default_transaction_read_only: isRead ? "on" : "off",
      "citus.node_connection_timeout": isRead ? 2_000 : 5_000,
      // A session of the coordinator that keeps a connection to a worker hangs with it when it freezes, past any timeout.
      "citus.max_cached_conns_per_worker": 0,
      // A worker hides its shards from pg_class otherwise; a login may set this for itself.
      ...(lane === "node" && { "citus.override_table_visibility": "off" }),
    },
  };
}

/** Where the coordinator is now. Whoever may change something learns first that there is one primary and no second. @throws AppError `two_primaries` */
export async function coordinatorFor(target: Target, lane: Lane): Promise<Address> {
  const isRead = loginOfLane(lane) === "read";
  const address = await findCoordinator(target, (host) => lookAt(target, host), { fresh: !isRead });
  if (!isRead) requireOnePrimary(target);
  return address;
}

/** How long one host of several may take to say whether it is the primary. */
const LOOK_MS = 1_500;

async function lookAt(target: Target, address: Address): Promise<CoordinatorLook> {
  const settings = { statement_timeout: LOOK_MS, default_transaction_read_only: "on" };
  const spec: SessionSpec = { target, login: "read", purpose: "check", address, connectMs: LOOK_MS, settings };
  const client = new Session({ ...spec, queryMs: LOOK_MS });
  client.on("error", () => {}); // what is under way fails with the same cause
  try {
    await client.connect();
    const [look] = await runOn(client, lookAtSession, { names: [] });
    return { address, look: look ?? null };
  } catch (cause) {
    log.info("a coordinator host does not answer", { cause, clusterId: target.clusterId, host: address.host });
    return { address, look: null };
  } finally {
    client.end().catch(() => {}); // a connection that ends badly adds nothing to what was learnt
  }
}

/** Which login a long session has, and the action it belongs to: by that id it is found again after this process died. */
export type LongSession = { login: "ops" | "admin"; actionId?: string };

/**
 * A client for one long operation: no statement timeout, because distributing or draining may take hours, but a
 * short wait for locks, and the server looks now and then whether we are still there.
 */
export function longClient(target: Target, { login, actionId }: LongSession): pg.Client {
  return new LongClient({
    target,
    login,
    purpose: actionId === undefined ? "long" : `act:${actionId}`,
    address: currentCoordinator(target),
    connectMs: LANES.ops.connectMs,
    settings: {
      // Said, because a role or a database may have a timeout of its own.
      statement_timeout: 0,
      lock_timeout: 5_000,
      default_transaction_read_only: "off",
      client_connection_check_interval: 5_000,
      "citus.node_connection_timeout": 5_000,
    },
  });
}

class LongClient extends Session {
  /** Connects, and looks that this is the one primary and the session what was asked for. @throws AppError or the driver's error */
  override async connect(): Promise<this> {
    const { target, address, login } = this.spec;
    const now = await coordinatorFor(target, login);
    if (now !== address)
      throw new AppError("cluster_unreachable", `The primary has just moved to ${now.host}:${now.port}.`);
    await super.connect();
    await proveSession(this);
    return this;
  }
}

/** How many connections each lane of a cluster has, how many of them rest, and how many statements wait for one. */
export function poolCounts(clusterId: string): { lane: string; total: number; idle: number; waiting: number }[] {
  const lanes = new Map<string, { lane: string; total: number; idle: number; waiting: number }>();
  for (const [key, pool] of holder.__shardboardPools ?? []) {
    const [cluster, lane = ""] = key.split(" ");
    if (cluster !== clusterId) continue;
    const so = lanes.get(lane) ?? { lane, total: 0, idle: 0, waiting: 0 };
    lanes.set(lane, {
      lane,
      total: so.total + pool.totalCount,
      idle: so.idle + pool.idleCount,
      waiting: so.waiting + pool.waitingCount,
    });
  }
  return [...lanes.values()];
}

/** Closes every pool: at the end of a test run, and when the process is told to stop. */
export async function closePools(): Promise<void> {
  const pools = [...(holder.__shardboardPools?.values() ?? [])];
  holder.__shardboardPools?.clear();
  await Promise.all(pools.map((pool) => pool.end()));
}
