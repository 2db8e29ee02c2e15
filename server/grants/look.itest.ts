import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  GRANTABLE_FUNCTIONS,
  GRANTABLE_SETTINGS,
  missingGrantSql,
  missingGrantWords,
  WRITTEN_CATALOGS,
} from "@/lib/domain/grants";
import type { SandboxNodeName } from "@/sandbox/types";
import { reportOf } from "@/server/cli/check";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { lookAtGrants } from "./look";

const { sandbox, threeLogins: target } = testCluster();

beforeAll(async () => {
  await closePools();
  await sandbox.reset();
});
afterAll(async () => {
  await closePools();
  await sandbox.reset();
});

const nodeAt = (address: string) =>
  Object.values(sandbox.nodes).find(({ host, port }) => address === `${host}:${port}`)?.name ?? "coordinator";
/** On one node only, and whatever Citus thinks of role commands there. */
const alone = (sql: string, node: SandboxNodeName) =>
  sandbox.query(`set citus.enable_create_role_propagation = off; ${sql}`, [], { node });

async function missing() {
  const { logins } = await lookAtGrants(target);
  expect(logins.filter((one) => one.failure !== null)).toEqual([]);
  return logins.flatMap((one) => one.missing.map((each) => ({ ...one, each })));
}

test("the logins that sql/roles.sql makes lack nothing, on the coordinator and on every worker", async () => {
  const look = await lookAtGrants(target);
  expect(look.logins).toHaveLength(12);
  expect(look.logins.flatMap((one) => one.missing)).toEqual([]);
  expect(look.logins.map((one) => one.failure)).toEqual(Array.from({ length: 12 }, () => null));
  expect(reportOf(target, look)).toContain("nothing is missing");
});

const [read, ops] = ["shardboard_read", "shardboard_ops"];
const EVERY_GRANT: [revoke: string, node: SandboxNodeName][] = [
  [`revoke pg_monitor from ${read}`, "coordinator"],
  [`revoke pg_monitor from ${read}`, "worker1"],
  [`revoke pg_monitor from ${ops}`, "coordinator"],
  [`revoke pg_signal_backend from ${ops}`, "coordinator"],
  [`revoke pg_signal_backend from ${ops}`, "worker2"],
  [`revoke shop_owner from ${ops}`, "coordinator"],
  [`revoke shop_owner from ${ops}`, "worker3"],
  ...WRITTEN_CATALOGS.flatMap(({ table, privileges }) =>
    privileges.map((one): [string, SandboxNodeName] => [`revoke ${one} on ${table} from ${ops}`, "worker1"]),
  ),
];

test.each(EVERY_GRANT)("F28: after «%s» on %s the check names it, and its SQL gives it back", async (revoke, node) => {
  await alone(revoke, node);
  const [lacked, ...more] = await missing();
  expect(more).toEqual([]);
  if (!lacked) throw new Error("nothing was missed");
  expect(nodeAt(lacked.node)).toBe(node);
  expect(revoke).toContain(lacked.user);
  expect(missingGrantWords(lacked.each)).not.toBe("");
  await alone(missingGrantSql(lacked.each, lacked.user), node);
  expect(await missing()).toEqual([]);
});

test("F28: a schema that a login may not enter is named on every node, and the SQL opens it", async () => {
  await sandbox.query("create schema closed");
  await sandbox.query("create table closed.t (a int primary key)");
  await sandbox.query("select create_distributed_table('closed.t', 'a', shard_count => 4)");
  const lacked = await missing();
  expect(lacked.filter(({ isCoordinator }) => isCoordinator).map(({ login, each }) => [login, each])).toEqual([
    ["read", { kind: "schema", schema: "closed" }],
    ["ops", { kind: "schema", schema: "closed" }],
  ]);
  // Citus passes it on, and lets nobody grant it on a worker; the stand-in passes nothing on.
  for (const { each, user, node, isCoordinator } of lacked)
    if (isCoordinator || sandbox.engine === "stand-in") await alone(missingGrantSql(each, user), nodeAt(node));
  expect(await missing()).toEqual([]);
  await sandbox.query("drop table closed.t");
  await sandbox.query("drop schema closed");
});

test("F28: each function and setting that is taken away is named, and the SQL gives all of them back", async () => {
  const there = await sandbox.query<{ signature: string }>(
    "select oid::regprocedure::text as signature from pg_catalog.pg_proc where pronamespace = 'pg_catalog'::regnamespace and proname = any ($1)",
    [[...GRANTABLE_FUNCTIONS]],
  );
  expect(there.length).toBeGreaterThan(7);
  for (const { signature } of there) await sandbox.query(`revoke execute on function ${signature} from ${ops}`);
  for (const name of GRANTABLE_SETTINGS) await sandbox.query(`revoke alter system on parameter ${name} from ${ops}`);
  const lacked = await missing();
  const named = lacked.map(({ each }) =>
    each.kind === "function" ? each.signature : each.kind === "setting" && each.name,
  );
  expect(named.sort()).toEqual([...there.map((one) => one.signature), ...GRANTABLE_SETTINGS].sort());
  const look = await lookAtGrants(target);
  for (const { each, user } of lacked) {
    expect(reportOf(target, look)).toContain(missingGrantSql(each, user));
    await sandbox.query(missingGrantSql(each, user));
  }
  expect(await missing()).toEqual([]);
});

test("a login that gets no session at a worker is named with the reason", async () => {
  await alone(`alter role ${ops} nologin`, "worker2");
  const { logins } = await lookAtGrants(target);
  const [failed, ...more] = logins.filter((one) => one.failure !== null);
  expect(more).toEqual([]);
  expect(failed).toMatchObject({ login: "ops", failure: expect.stringMatching(/not permitted to log in/) });
  await alone(`alter role ${ops} login`, "worker2");
});

test("tables of a superuser and owners that may not log in are told, because no GRANT helps there", async () => {
  await sandbox.query("create table of_dba (id int)");
  await sandbox.query("alter role shop_owner nologin");
  const { remarks } = await lookAtGrants(target);
  await sandbox.query("alter role shop_owner login");
  expect(remarks).toEqual([
    "1 tables belong to the superuser dba: operations cannot move or distribute them. Give them another owner.",
    expect.stringMatching(/^shop_owner owns \d+ tables and may not log in/),
  ]);
});

test("the list of functions is the one in sql/roles.sql", () => {
  const script = readFileSync("sql/roles.sql", "utf8");
  const list = /p\.proname = any \(array\[([^\]]+)\]/.exec(script)?.[1] ?? "";
  expect([...list.matchAll(/'(\w+)'/g)].map((match) => match[1])).toEqual([...GRANTABLE_FUNCTIONS]);
  for (const setting of GRANTABLE_SETTINGS) expect(script).toContain(`'${setting}'`);
});
