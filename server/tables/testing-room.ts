import "server-only";
import type { ColocateWith } from "@/lib/domain/distribute-choice";
import { isAppError } from "@/lib/errors";
import type { Prepared } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { longClient } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { type Planned, plan } from "@/server/testing/do-change";
import { distributeTable } from "./distribute";

const { sandbox, target } = testCluster();

/** A choice as a test writes it; `with` is "none", "default" or a table. */
export type Choice = { column?: string; with?: string; shards?: number };

/** For tests that make tables: a schema of their own, so that the sample tables stay what they are. */
export const room = {
  sandbox,
  target,
  isReal: sandbox.engine === "citus",
  async empty() {
    await leave();
    await sandbox.query("create schema room");
  },
  leave,
  setUp: (sql: string) => sandbox.query(`set search_path = room, public; ${sql}`),
  oidOf,
  planDistribute,
  send,
};

/** Tables first: Citus cannot drop a table in the same statement as the type of its distribution column. */
async function leave(): Promise<void> {
  const tables = await sandbox.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_catalog.pg_tables where schemaname = 'room'",
  );
  for (const { name } of tables) await sandbox.query(`drop table if exists ${name} cascade`);
  await sandbox.query("drop schema if exists room cascade");
}

async function oidOf(name: string): Promise<number> {
  const [row] = await sandbox.query<{ oid: number }>("select $1::regclass::oid::int8::int as oid", [name]);
  if (!row) throw new Error(`no ${name}`);
  return row.oid;
}

async function planDistribute({ column = "a", with: other = "default", shards }: Choice): Promise<Planned> {
  const colocateWith: ColocateWith =
    other === "default" || other === "none" ? { kind: other } : { kind: "table", oid: await oidOf(other) };
  const { clusterId } = target;
  const table = await oidOf("room.t");
  return plan(distributeTable, target, { clusterId, table, column, colocateWith, shardCount: shards ?? null });
}

/** Sends what a plan shows, as a run does it, whatever its preflight said. Returns the SQLSTATE, or "accepted". */
async function send(prepared: Prepared, on: Target = target): Promise<string> {
  const client = longClient(on, { login: "ops" });
  await client.connect();
  try {
    for (const step of prepared.steps) for (const one of step.calls) await one.execute(client, {});
    return "accepted";
  } catch (cause) {
    if (isAppError(cause)) return cause.sqlState ?? cause.code;
    throw cause;
  } finally {
    await client.end();
  }
}
