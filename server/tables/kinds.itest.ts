import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Prepared } from "@/server/changes/define";
import { refusalOf } from "@/server/changes/plan";
import { closePools } from "@/server/pg/pools";
import { type Planned, plan } from "@/server/testing/do-change";
import { createReferenceTable } from "./reference";
import { room } from "./testing-room";
import { truncateLocalRows } from "./truncate-local";
import { undistributeTable } from "./undistribute";

const { target, sandbox } = room;
const { clusterId } = target;

beforeEach(room.empty);
afterAll(async () => {
  await room.leave();
  await closePools();
});

const reference = async () => plan(createReferenceTable, target, { clusterId, table: await room.oidOf("room.t") });
const truncate = async () => plan(truncateLocalRows, target, { clusterId, table: await room.oidOf("room.t") });
const back = async (cascade: boolean) =>
  plan(undistributeTable, target, { clusterId, table: await room.oidOf("room.t"), cascade });

async function isRefusedByBoth(prepared: Prepared, says: RegExp, sqlState: string) {
  expect(refusalOf(prepared)).toMatch(says);
  expect(await room.send(prepared)).toBe(sqlState);
}

async function isAcceptedByBoth(prepared: Planned) {
  expect(refusalOf(prepared)).toBeNull();
  expect(await room.send(prepared)).toBe("accepted");
  expect((await prepared.look()).seen).toBe(true);
}

const TRIGGER =
  "create function room.f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on t for each row execute function f()";

describe("reference tables", () => {
  test("a table with rows becomes one, and is not distributed again", async () => {
    await room.setUp(
      "create table t(a int primary key, b text); insert into t select g, 'x' from generate_series(1, 50) g",
    );
    await isAcceptedByBoth(await reference());
    await isRefusedByBoth(await reference(), /already a reference table/, "42P16");
  });

  test.each([
    ["a view", "create view t as select 1 as a", /is a view/, "42809"],
    ["a trigger", `create table t(a int); ${TRIGGER}`, /the trigger g/, "XX000"],
  ])("%s is refused", async (_name, sql, says, sqlState) => {
    await room.setUp(sql);
    await isRefusedByBoth(await reference(), says, sqlState);
  });

  test.skipIf(!room.isReal).each([
    ["a partitioned table", "create table t(a int, d date) partition by range (d)", /by hash only/, "0A000"],
    [
      "a foreign key to a distributed table",
      "create table t(a bigint references customers)",
      /distributed table public\.customers/,
      "0A000",
    ],
    [
      "ON DELETE CASCADE to a plain table",
      "create table r(id int primary key); create table t(a int references r on delete cascade)",
      /NO ACTION and RESTRICT only/,
      "0A000",
    ],
  ])("%s is refused by the real engine", async (_name, sql, says, sqlState) => {
    await room.setUp(sql);
    await isRefusedByBoth(await reference(), says, sqlState);
  });

  test.skipIf(!room.isReal).each([
    ["a foreign key to a plain table", "create table r(id int primary key); create table t(a int references r)"],
    [
      "a foreign key from a plain table",
      "create table t(a int primary key); create table c(x int references t on delete cascade)",
    ],
    ["a foreign key to itself", "create table t(a int primary key, q int references t on delete cascade)"],
    [
      "an identity column, though the table is already in the metadata",
      "create table t(a int generated always as identity primary key, c text references countries)",
    ],
  ])("%s is accepted by the real engine", async (_name, sql) => {
    await room.setUp(sql);
    await isAcceptedByBoth(await reference());
  });
});

describe("undistributing", () => {
  test("the rows come back, and the name has to be typed", async () => {
    await room.setUp(
      "create table t(a int primary key); insert into t select generate_series(1, 50); select create_distributed_table('t', 'a', colocate_with => 'none', shard_count => 4)",
    );
    const prepared = await back(false);
    expect(prepared.typed).toBe("room.t");
    await isAcceptedByBoth(prepared);
    expect(await sandbox.query("select count(*)::int as rows from room.t")).toEqual([{ rows: 50 }]);
    await isRefusedByBoth(await back(false), /never distributed/, "XX000");
  });

  test.skipIf(!room.isReal)("foreign keys are followed only when that was chosen", async () => {
    await room.setUp(
      "create table r(c text primary key); create table t(a int primary key, c text references r); select create_reference_table('r'); select create_distributed_table('t', 'a')",
    );
    await isRefusedByBoth(await back(false), /Foreign keys tie it to room\.r/, "XX000");
    const both = await back(true);
    expect(both.notes.map((note) => note.text).join()).toMatch(/room\.r is undistributed as well/);
    await isAcceptedByBoth(both);
  });

  test.skipIf(!room.isReal).each([
    [
      "an identity column",
      "create table t(a int generated always as identity primary key); select create_distributed_table('t', 'a')",
      false,
      /identity column/,
      "0A000",
    ],
    [
      "a partition",
      "create table p(a int, d date) partition by range (d); create table t partition of p default; select create_distributed_table('p', 'a')",
      false,
      /partition of room\.p/,
      "XX000",
    ],
    [
      "a foreign key to itself",
      "create table t(a int, q int, p int, primary key (a, p), foreign key (a, q) references t); select create_distributed_table('t', 'a')",
      false,
      /tie it to itself/,
      "XX000",
    ],
    [
      "a plain table that points to it",
      "create table t(a int primary key); create table c(x int references t); select create_distributed_table('t', 'a')",
      false,
      /tie it to room\.c/,
      "XX000",
    ],
    [
      "an identity column of a tied table",
      "create table r(id int generated always as identity primary key); create table t(a int, r int references r); select create_reference_table('r'); select create_distributed_table('t', 'a')",
      true,
      /room\.r\.id is an identity/,
      "0A000",
    ],
  ] as const)("%s is refused by the real engine", async (_name, sql, cascade, says, sqlState) => {
    await room.setUp(sql);
    await isRefusedByBoth(await back(cascade), says, sqlState);
  });

  test.skipIf(!room.isReal).each([
    [
      "a plain table that points to it",
      "create table t(a int primary key); create table c(x int references t); select create_distributed_table('t', 'a')",
      true,
    ],
    [
      "a partitioned table",
      "create table t(a int, d date) partition by range (d); create table t1 partition of t default; select create_distributed_table('t', 'a')",
      false,
    ],
    [
      "a single-shard table with a view",
      "create table t(a int); create view v as select * from t; select create_distributed_table('t', null)",
      false,
    ],
    ["a local table of the metadata", "create table t(a int); select citus_add_local_table_to_metadata('t')", false],
  ] as const)("%s comes back from the real engine", async (_name, sql, cascade) => {
    await room.setUp(sql);
    await isAcceptedByBoth(await back(cascade));
  });

  test.skipIf(!room.isReal)("a table of a distributed schema is not undistributed by itself", async () => {
    await room.setUp("create table t(a int); select citus_schema_distribute('room')");
    await isRefusedByBoth(await back(false), /distributed schema room/, "XX000");
    await sandbox.query("select citus_schema_undistribute('room')");
  });
});

describe("rows left behind on the coordinator", () => {
  test("they are removed, and the shards keep theirs", async () => {
    await room.setUp("create table t(a int primary key); insert into t select generate_series(1, 50)");
    await isRefusedByBoth(await truncate(), /rows on the coordinator are the only ones/, "XX000");
    await isAcceptedByBoth(await room.planDistribute({ with: "none", shards: 4 }));
    await isAcceptedByBoth(await truncate());
    expect(refusalOf(await truncate())).toMatch(/no rows left behind/);
    if (room.isReal) expect(await sandbox.query("select count(*)::int as rows from room.t")).toEqual([{ rows: 50 }]);
  });

  test.skipIf(!room.isReal)("a plain table that points there keeps them", async () => {
    await room.setUp(
      "create table t(a int primary key); insert into t values (1); create table c(x int references t); select create_distributed_table('t', 'a')",
    );
    await isRefusedByBoth(await truncate(), /plain table room\.c points to it/, "XX000");
  });
});

test("with a worker stopped every change of a table's kind is refused and names the worker", async () => {
  await room.setUp("create table t(a int primary key); insert into t values (1)");
  await room.setUp(
    "create table u(a int primary key); select create_distributed_table('u', 'a', colocate_with => 'none', shard_count => 4)",
  );
  const { port } = sandbox.nodes.worker2;
  const says = new RegExp(`:${port} does not answer`);
  await sandbox.stop("worker2");
  try {
    await isRefusedByBoth(await room.planDistribute({}), says, "08006");
    await isRefusedByBoth(await reference(), says, "08006");
    const u = await room.oidOf("room.u");
    await isRefusedByBoth(
      await undistributeTable.prepare(target, { clusterId, table: u, cascade: false }),
      says,
      "08006",
    );
  } finally {
    await sandbox.start("worker2");
  }
});

test.skipIf(!room.isReal)("without the rights of the owner everything is refused", async () => {
  await room.setUp("create table t(a int primary key); grant usage on schema room to app_rw");
  const app = { user: "app_rw", password: null };
  const asApp = {
    ...target,
    clusterId: "sandbox-app" as typeof clusterId,
    logins: { ops: app, read: target.logins.read, admin: null },
  };
  const prepared = await createReferenceTable.prepare(asApp, { clusterId, table: await room.oidOf("room.t") });
  expect(refusalOf(prepared)).toMatch(/belongs to dba, and app_rw has not the rights/);
  expect(await room.send(prepared, asApp)).toBe("42501");
});

test.skipIf(!room.isReal)("with no node open for shards a new group is refused, and joining one is not", async () => {
  await room.setUp("create table t(a bigint primary key)");
  const workers = ["worker1", "worker2", "worker3"] as const;
  const setOpen = async (open: boolean) => {
    for (const name of workers) {
      const { host, port } = sandbox.nodes[name];
      await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', $3)", [host, port, open]);
    }
  };
  await setOpen(false);
  try {
    await isRefusedByBoth(await room.planDistribute({ with: "none" }), /No active node may hold shards/, "22023");
    await isAcceptedByBoth(await room.planDistribute({ with: "public.customers" }));
  } finally {
    await setOpen(true);
  }
});
