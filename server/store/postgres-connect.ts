import "server-only";
import { isIP } from "node:net";
import pg from "pg";
import { isLoopback } from "@/server/config/address";
import { Secret } from "@/server/config/secret";

/** Where the state is kept, and with which login. */
export type Address = {
  host: string;
  port: number;
  database: string;
  user: string;
  password: Secret;
  /** false: plain, which only loopback gets, and what the configuration allows in so many words; otherwise verified in full. */
  tls: false | { ca: string | undefined };
  /** The tables' schema, which is ours alone. */
  schema: Schema;
  /** The number of the lock by which transactions take turns. */
  turn: number;
};

export const QUERY_MS = 10_500;
/** Patient, because at its start a console is busy with itself. */
const CONNECT_MS = 8_000;
/** The schemas that are ours, each with the number of the lock of its turns: who writes the history keeps no audit waiting. */
const TURNS = { shardboard: 5832740, shardboard_metrics: 5832743 };
export type Schema = keyof typeof TURNS;

/** Where the configuration says that the state is. `ca` is a PEM text. */
export type StateServer = { url: Secret; ca: string | undefined; allowInsecure: boolean };

/** STATE_URL taken apart. @throws Error where it has options: what they would mean is not ours to guess */
export function addressOf({ url: from, ca, allowInsecure }: StateServer, schema: Schema = "shardboard"): Address {
  const url = new URL(from.reveal());
  const [option] = url.searchParams.keys();
  if (option !== undefined) throw new Error(`STATE_URL has the option ${option}, and options are not read.`);
  const user = decodeURIComponent(url.username) || "postgres";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return {
    host,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)) || user,
    user,
    password: new Secret(decodeURIComponent(url.password)),
    tls: isLoopback(host) || allowInsecure ? false : { ca },
    schema,
    turn: TURNS[schema],
  };
}

export function clientConfig(address: Address, purpose: string): pg.ClientConfig {
  const { host, port, database, user, password, tls, schema } = address;
  return {
    host,
    port,
    database,
    user,
    // A function, because the driver looks in files of this machine for a password that is empty.
    password: () => password.reveal(),
    ssl: tls !== false && {
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      ...(tls.ca !== undefined && { ca: tls.ca }),
      ...(isIP(host) === 0 && { servername: host }),
    },
    enableChannelBinding: tls !== false,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    application_name: `shardboard ${purpose}`,
    types: { getTypeParser: parserOf },
    // Whatever the role's own settings are. A frozen console must not keep the others waiting for longer than this.
    options: Object.entries({
      search_path: `${schema},pg_temp`,
      statement_timeout: 10_000,
      lock_timeout: 8_000,
      idle_in_transaction_session_timeout: 5_000,
      synchronous_commit: "on",
      default_transaction_isolation: "read\\ committed",
      client_connection_check_interval: 5_000,
      TimeZone: "UTC",
    })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
  };
}

const { BOOL, INT8, NUMERIC } = pg.types.builtins;

/** Whole numbers, sums and truth come as the numbers that SQLite gives. */
function parserOf(oid: number, format?: "text" | "binary"): (text: string) => unknown {
  if (oid === BOOL) return (text) => (text === "t" ? 1 : 0);
  if (oid === INT8 || oid === NUMERIC) return numberOf;
  return pg.types.getTypeParser(oid, format === "binary" ? "text" : format) as (text: string) => unknown;
}

function numberOf(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) throw new Error(`${text} is beyond exact numbers`);
  return number;
}

/** Makes the schema where it is missing. Two consoles that start together: one makes it. */
export async function ensureSchema(address: Address): Promise<void> {
  const client = new pg.Client(clientConfig(address, "state"));
  // A connection that is cut while nothing is asked on it emits here.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("begin");
    await client.query("select pg_catalog.pg_advisory_xact_lock($1)", [address.turn]);
    const { rowCount } = await client.query("select 1 from pg_catalog.pg_namespace where nspname = $1", [
      address.schema,
    ]);
    if (rowCount === 0) await client.query(`create schema ${client.escapeIdentifier(address.schema)}`);
    await client.query("commit");
  } finally {
    await client.end().catch(() => undefined);
  }
}
