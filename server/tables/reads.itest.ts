import { afterAll, beforeEach, expect, test } from "vitest";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readTable } from "./reads";
import { room } from "./testing-room";
import { readLocalTables } from "./topic";

const { sandbox, target, asReadLogin } = testCluster();

beforeEach(room.empty);
afterAll(async () => {
  await room.leave();
  await closePools();
});

test("the pg_monitor login reads the plain tables, and that it does not own them", async () => {
  const { tables } = await readLocalTables(asReadLogin);
  const names = tables.map((table) => table.name);
  expect(names).toEqual(expect.arrayContaining(["devices", "invoices", "page_views", "vouchers"]));
  for (const known of ["customers", "countries", "no_pk", 'Weird "name']) expect(names).not.toContain(known);
  expect(tables.every((table) => !table.isOwned)).toBe(true);
  const owned = await readLocalTables(target);
  expect(owned.tables.every((table) => table.isOwned)).toBe(true);
});

test("neither partitions, temporary tables, nor the coordinator's own shards are listed", async () => {
  await room.setUp(
    "create table p(a int, d date) partition by range (d); create table p1 partition of p default; create table q(a int)",
  );
  const { tables } = await readLocalTables(target);
  const names = tables.filter((table) => table.schema === "room").map((table) => table.name);
  expect(names).toEqual(["p", "q"]);
  expect(tables.filter((table) => /_\d{6}$/.test(table.name))).toEqual([]);
  expect(tables.find((table) => table.name === "p")?.partitionCount).toBe(1);
});

test("a table under an exclusive lock loses its size only, and at once", async () => {
  await room.setUp("create table t(a int primary key); insert into t select generate_series(1, 1000)");
  const held = sandbox.query("begin; lock table room.t in access exclusive mode; select pg_sleep(3); rollback");
  await expect
    .poll(() =>
      sandbox.query("select from pg_locks where relation = 'room.t'::regclass and mode = 'AccessExclusiveLock'"),
    )
    .toHaveLength(1);
  const started = performance.now();
  const { tables } = await readLocalTables(target);
  expect(performance.now() - started).toBeLessThan(2_500);
  const locked = tables.find((table) => table.schema === "room");
  expect(locked?.bytes).toBeNull();
  expect(locked?.columns).toHaveLength(1);
  expect(tables.find((table) => table.name === "devices")?.bytes).toBeGreaterThan(0);
  await held;
});

test("rows are an estimate, known after ANALYZE and unknown before", async () => {
  await room.setUp(
    "create table t(a int) with (autovacuum_enabled = off); insert into t select generate_series(1, 1000)",
  );
  expect((await readTable(target, await room.oidOf("room.t"))).rowEstimate).toBeNull();
  await sandbox.query("analyze room.t");
  expect((await readTable(target, await room.oidOf("room.t"))).rowEstimate).toBe(1000);
});

test.skipIf(!room.isReal)(
  "a stopped worker leaves the plain tables readable and makes only row counts unknown",
  async () => {
    await sandbox.query("analyze");
    const before = await readLocalTables(asReadLogin);
    const orders = await room.oidOf("public.orders");
    const countries = await room.oidOf("public.countries");
    const rowsOf = (from: typeof before, oid: number) => from.rows.find((row) => row.oid === oid)?.rows;
    expect(rowsOf(before, orders)).toBe(60_000);
    expect(rowsOf(before, countries)).toBe(12);
    await sandbox.stop("worker2");
    try {
      const during = await readLocalTables(asReadLogin);
      expect(during.tables.map((table) => table.name)).toEqual(before.tables.map((table) => table.name));
      expect(rowsOf(during, orders)).toBeNull();
      expect(rowsOf(during, countries)).toBe(12);
    } finally {
      await sandbox.start("worker2");
    }
  },
);
