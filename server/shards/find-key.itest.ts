import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { listTables } from "@/server/topology/reads";
import { findKey } from "./find-key";

afterAll(closePools);

const { sandbox, target, ...others } = testCluster();
// Pools are kept by cluster id: under the same one the second login would run on the first one's connections.
const asReadLogin = { ...others.asReadLogin, clusterId: clusterIdSchema.parse("sandbox-read") };
const oids = new Map<string, number>();

beforeAll(async () => {
  for (const table of await listTables(target)) oids.set(table.name, table.oid);
});

async function lookUp(name: string, value: string, as = target) {
  return findKey(as, { clusterId: as.clusterId, tableOid: oids.get(name) ?? 0, value });
}

describe("a key leads to its shard", () => {
  test.each([
    ["customers", "customer_id", "bigint", "42"],
    ["orders", "customer_id", "bigint", "42"],
    ["events", "device_id", "bigint", "7"],
    ["no_pk", "a", "integer", "-1"],
    ['Weird "name', "Key", "bigint", " 12 "],
  ])("%s by %s", async (table, column, columnType, value) => {
    const found = await lookUp(table, value);
    expect(found).toMatchObject({ column, columnType, value });
    const [placement] = await sandbox.query<{ groupid: number; covers: boolean }>(
      `select p.groupid, s.shardminvalue::int4 = $2 and s.shardmaxvalue::int4 = $3 and s.logicalrelid::oid = $4::int8::oid as covers
         from pg_dist_shard s join pg_dist_placement p using (shardid) where s.shardid = $1`,
      [found.shardId, found.min, found.max, oids.get(table)],
    );
    expect(placement).toEqual({ groupid: found.groupIds[0], covers: true });
  });

  test("colocated tables hold the same key on the same node, in the same range", async () => {
    const [customers, orders] = [await lookUp("customers", "48213"), await lookUp("orders", "48213")];
    expect(orders.shardId).not.toBe(customers.shardId);
    expect([orders.min, orders.max, orders.groupIds]).toEqual([customers.min, customers.max, customers.groupIds]);
  });
});

describe("what cannot be looked up is refused with a sentence", () => {
  test.each([
    ["customers", "abc", '"abc" is not a value of customer_id, which is bigint.', "22P02"],
    ["customers", "", '"" is not a value of customer_id, which is bigint.', "22P02"],
    ["no_pk", "99999999999", '"99999999999" is not a value of a, which is integer.', "22003"],
  ])("%s: %j", async (table, value, message, sqlState) => {
    await expect(lookUp(table, value)).rejects.toMatchObject({ code: "bad_input", message, sqlState });
  });

  test("a reference table has all rows everywhere", async () => {
    const message = "Table public.countries is a reference table: every node holds all its rows.";
    await expect(lookUp("countries", "ES")).rejects.toMatchObject({ code: "bad_input", message });
  });

  test("a plain table is not known to Citus", async () => {
    const [row] = await sandbox.query<{ oid: number }>("select 'devices'::regclass::oid::int as oid");
    const question = { clusterId: target.clusterId, tableOid: row?.oid ?? 0, value: "1" };
    await expect(findKey(target, question)).rejects.toMatchObject({ code: "not_found" });
  });

  test("a login without SELECT on the table learns what it lacks", async () => {
    const message = `Login ${asReadLogin.logins.ops.user} needs SELECT on public.customers to look up a key.`;
    await expect(lookUp("customers", "1", asReadLogin)).rejects.toMatchObject({ code: "pg_permission", message });
  });
});

describe("a text key", () => {
  beforeAll(async () => {
    await sandbox.query("create table find_key_text (name text primary key)");
    await sandbox.query("select create_distributed_table('find_key_text', 'name', shard_count => 4)");
    for (const table of await listTables(target)) oids.set(table.name, table.oid);
  });
  afterAll(async () => {
    await sandbox.query("drop table find_key_text");
  });

  test("is taken as it was typed, with quotes, spaces and nothing at all", async () => {
    for (const value of ["O'Brien", " padded ", "", "größe 📦"]) {
      expect((await lookUp("find_key_text", value)).value).toBe(value);
    }
  });
});
