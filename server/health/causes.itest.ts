import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { ERROR_SENTENCES, type ErrorCode, isAppError } from "@/lib/errors";
import type { ProxyMode } from "@/sandbox/proxy/types";
import type { Address, Target } from "@/server/clusters";
import { Secret } from "@/server/config/secret";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readHealth } from "./reads";

const { sandbox, asReadLogin } = testCluster();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await closePools();
  for (const back of undo.splice(0).reverse()) await back();
});
afterAll(closePools);

const at = ({ host, port }: Address, more: Partial<Target> = {}): Target => ({
  ...asReadLogin,
  coordinator: { host, port },
  coordinators: [{ host, port }],
  ...more,
});
const as = (user: string, password: string | null = null): Target => ({
  ...asReadLogin,
  logins: { ...asReadLogin.logins, read: { user, password: password === null ? null : new Secret(password) } },
});

async function through(mode: ProxyMode): Promise<Target> {
  const proxy = await sandbox.proxyFor("coordinator");
  undo.push(proxy.close);
  await proxy.set(mode);
  return at(proxy);
}

/** A login that pg_hba.conf treats in its own way; both are gone afterwards. */
async function aLogin(name: string, options: string, hba?: string): Promise<void> {
  const file = join(sandbox.dir, "nodes", "coordinator", "pg_hba.conf");
  const before = readFileSync(file, "utf8");
  await sandbox.query(`set citus.enable_create_role_propagation = off; create role ${name} login ${options}`);
  if (hba) writeFileSync(file, `${hba}\n${before}`);
  await sandbox.query("select pg_catalog.pg_reload_conf()");
  undo.push(async () => {
    writeFileSync(file, before);
    await sandbox.query("select pg_catalog.pg_reload_conf()");
    await sandbox.query(`set citus.enable_create_role_propagation = off; drop role ${name}`);
  });
}

/** A server that waits for its last session to end lets nobody in any more. */
async function aServerThatShutsDown(): Promise<Target> {
  const client = new pg.Client(sandbox.url("owner", "spare"));
  await client.connect();
  const [pid] = readFileSync(join(sandbox.dir, "nodes", "spare", "postmaster.pid"), "utf8").split("\n");
  process.kill(Number(pid), "SIGTERM");
  undo.push(async () => {
    await client.end();
    // Others may have a session there as well (Citus keeps its own): they are ended.
    await sandbox.halt("spare", "fast");
    await sandbox.start("spare");
  });
  return at(sandbox.nodes.spare);
}

async function causeOf(target: Target) {
  try {
    await readHealth(target);
  } catch (cause) {
    if (isAppError(cause)) return cause;
    throw cause;
  }
  throw new Error("the coordinator answered");
}

const HBA = (login: string, how: string, kind = "host") => `${kind} all ${login} 127.0.0.1/32 ${how}`;

/** What stands in the way → what it is called. */
const CAUSES: [string, ErrorCode, () => Promise<Target> | Target][] = [
  ["nobody listens there", "cluster_unreachable", () => through("refuse")],
  ["connections are reset", "cluster_unreachable", () => through("rst")],
  ["connections are cut while they are made", "cluster_unreachable", () => through({ truncate: 20 })],
  ["somebody accepts connections and says nothing", "cluster_silent", () => through("mute")],
  ["the name is not known", "host_unknown", () => at({ host: "coordinator.invalid", port: 5432 })],
  ["it shuts down", "cluster_starting", aServerThatShutsDown],
  [
    "the password is wrong",
    "login_refused",
    async () => {
      await aLogin("f3_password", "password 'right'", HBA("f3_password", "scram-sha-256"));
      return as("f3_password", "wrong");
    },
  ],
  ["there is no such login", "login_refused", () => as("f3_nobody")],
  [
    "pg_hba.conf rejects the host",
    "not_admitted",
    async () => {
      await aLogin("f3_kept_out", "", HBA("f3_kept_out", "reject"));
      return as("f3_kept_out");
    },
  ],
  [
    "the server wants TLS and the configuration says plain",
    "not_admitted",
    async () => {
      await aLogin("f3_plain", "", `${HBA("f3_plain", "trust", "hostssl")}\n${HBA("f3_plain", "reject")}`);
      return as("f3_plain");
    },
  ],
  [
    "the configuration wants TLS and the server has none",
    "tls_refused",
    () => ({ ...asReadLogin, tls: { ca: "an authority", serverName: undefined, allowInsecure: false } }),
  ],
  [
    "no connection is free",
    "too_many_connections",
    async () => {
      await aLogin("f3_crowd", "connection limit 0");
      return as("f3_crowd");
    },
  ],
  ["there is no such database", "no_such_database", () => ({ ...asReadLogin, database: "f3_none" })],
  ["the database has no Citus", "not_citus", () => ({ ...asReadLogin, database: "postgres" })],
  ["it is a worker", "not_a_coordinator", () => at(sandbox.nodes.worker1)],
];

test.each(CAUSES)("F3: %s: %s", async (_what, code, inject) => {
  expect(await causeOf(await inject())).toMatchObject({ code });
});

test("F3: ten causes have ten titles and ten next steps", () => {
  const codes = new Set(CAUSES.map(([, code]) => code));
  expect(codes.size).toBeGreaterThanOrEqual(10);
  const sentences = [...codes].map((code) => ERROR_SENTENCES[code]);
  expect(new Set(sentences.map(({ title }) => title)).size).toBe(codes.size);
  expect(new Set(sentences.map(({ nextStep }) => nextStep)).size).toBe(codes.size);
});
