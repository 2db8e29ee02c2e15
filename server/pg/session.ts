import "server-only";
import { randomBytes } from "node:crypto";
import type { EventEmitter } from "node:events";
import pg from "pg";
import { AppError } from "@/lib/errors";
import { type Address, type LoginName, loginOf, type Target } from "@/server/clusters";
import { limitAnswers, mostBytes } from "./answer-limit";
import { tlsFor } from "./tls";

/** What a connection is for, as its name says it in the server's list of sessions. */
export type Purpose = "read" | "ops" | "admin" | "node" | "check" | "long" | `act:${string}`;

/** An address to connect to; for a node also the host under which it is registered, which its certificate may name. */
export type Place = Address & { registered?: string };

export type SessionSpec = {
  target: Target;
  login: LoginName;
  purpose: Purpose;
  address: Place;
  settings: Record<string, string | number>;
  connectMs: number;
  queryMs?: number;
};

/** On globalThis: pages, actions and instrumentation are separate module graphs of one process, and are one console. */
const holder = globalThis as typeof globalThis & { __shardboardName?: string };

/**
 * The name under which sessions introduce themselves, at most 63 bytes. The name of an action's session is the same in every
 * process, because it is by that name that another one finds it again.
 */
export function applicationName(purpose: Purpose): string {
  if (purpose.startsWith("act:")) return `shardboard:${purpose}`;
  holder.__shardboardName ??= randomBytes(3).toString("hex");
  return `shardboard:${holder.__shardboardName}:${purpose}`;
}

/** Every session reads names and dates the same way and hears NOTICEs but no DEBUG, whatever the role's own settings are. */
const COMMON = {
  search_path: "pg_catalog,pg_temp",
  client_min_messages: "notice",
  DateStyle: "ISO",
  IntervalStyle: "postgres",
  TimeZone: "UTC",
  bytea_output: "hex",
  standard_conforming_strings: "on",
  idle_in_transaction_session_timeout: 10_000,
};

type AskedFor = "nothing" | "scram" | "words";

/** One connection, made of our own options only: nothing of it comes from PG* variables, a password file or a URL's options. */
export class Session extends pg.Client {
  readonly spec: SessionSpec;

  constructor(spec: SessionSpec) {
    const { target, address, settings, purpose } = spec;
    const { user, password } = loginOf(target, spec.login);
    const tls = tlsFor(target, address);
    const asked: { how: AskedFor } = { how: "nothing" };
    super({
      host: address.host,
      port: address.port,
      database: target.database,
      user,
      // A function, because the driver looks elsewhere for a password that is empty.
      password: () => {
        if (password === null) throw new AppError("login_refused", noPassword(user));
        if (asked.how === "words" && tls === false) throw new AppError("login_refused", inWords(address));
        return password.reveal();
      },
      ssl: tls,
      enableChannelBinding: tls !== false,
      connectionTimeoutMillis: spec.connectMs,
      ...(spec.queryMs !== undefined && { query_timeout: spec.queryMs }),
      keepAlive: true,
      application_name: applicationName(purpose),
      client_encoding: "UTF8",
      options: optionsOf({ ...COMMON, ...settings }),
    });
    this.spec = spec;
    limitAnswers(this, mostBytes(purpose));
    const { connection } = this as unknown as { connection: EventEmitter };
    for (const event of ["authenticationCleartextPassword", "authenticationMD5Password"])
      connection.on(event, () => {
        asked.how = "words";
      });
  }
}

const noPassword = (user: string) =>
  `The server asks for a password of ${user}, and the configuration says that there is none.`;
const inWords = ({ host, port }: Address) =>
  `${host}:${port} asks for the password itself or its MD5 over a plain connection. It was not sent: without TLS only SCRAM is answered.`;

/** What has to hold in every session; looked at after it was opened. */
export function promisesOf({ settings, purpose }: SessionSpec): Record<string, string> {
  const { search_path } = COMMON;
  const told = ["statement_timeout", "lock_timeout", "default_transaction_read_only"].flatMap((name) => {
    const value = settings[name];
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { search_path, application_name: applicationName(purpose), ...Object.fromEntries(told) };
}

function optionsOf(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");
}
