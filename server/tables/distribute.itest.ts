import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { refusalOf } from "@/server/changes/plan";
import { closePools } from "@/server/pg/pools";
import { distributeTable } from "./distribute";
import { type Choice, room } from "./testing-room";

beforeEach(room.empty);
afterAll(async () => {
  await room.leave();
  await closePools();
});

type Case = [name: string, setUp: string, choice: Choice, effect: RegExp];

const SIMPLE: Case[] = [
  [
    "a table with rows",
    "create table t(a int primary key); insert into t select generate_series(1, 100)",
    {},
    /by a with 32 shards/,
  ],
  ["an unlogged table", "create unlogged table t(a int primary key)", { with: "none", shards: 4 }, /4 shards/],
  [
    "an identity column",
    "create table t(a int generated always as identity primary key)",
    {},
    /distributed table by a/,
  ],
  ["a bigserial key", "create table t(a bigserial primary key)", {}, /distributed table by a/],
  ["colocation with a table", "create table t(a bigint primary key)", { with: "public.customers" }, /32 shards/],
  ["a shard count", "create table t(a int)", { shards: 5 }, /5 shards/],
  [
    "a name that has to be quoted",
    'create table t("a ""b" int)',
    { column: 'a "b', with: "none", shards: 2 },
    /2 shards/,
  ],
  ["colocation with a name that has to be quoted", "create table t(a bigint)", { with: '"Weird ""name"' }, /4 shards/],
];

const REAL: Case[] = [
  [
    "a foreign key to a colocated table",
    "create table t(a bigint references customers on delete cascade)",
    { with: "public.customers" },
    /32 shards/,
  ],
  [
    "a foreign key of two columns to a colocated table",
    "create table t(a bigint, o bigint, foreign key (a, o) references orders)",
    {},
    /32 shards/,
  ],
  [
    "a foreign key to a reference table",
    "create table t(a bigint, c text references countries on delete set null)",
    {},
    /distributed/,
  ],
  [
    "a foreign key to itself",
    "create table t(a int, p int, q int, primary key (a, p), foreign key (a, q) references t)",
    {},
    /distributed/,
  ],
  [
    "a foreign key from a plain table",
    "create table t(a int primary key); create table c(x int references t)",
    {},
    /distributed/,
  ],
  [
    "a partitioned table",
    "create table t(a int, d date) partition by range (d); create table t1 partition of t default; insert into t values (1, '2026-01-01')",
    {},
    /distributed/,
  ],
  [
    "an exclusion constraint with the column",
    "create table t(a int4range, exclude using gist (a with =))",
    {},
    /distributed/,
  ],
  [
    "a unique index of the column and an expression",
    "create table t(a int, b int); create unique index u on t(a, (b + 0))",
    {},
    /distributed/,
  ],
  [
    "a unique index that only includes the column",
    "create table t(a int, b int); create unique index u on t(b) include (a)",
    {},
    /distributed/,
  ],
  [
    "a policy without a subquery",
    "create table t(a int); create policy p on t using (a > 1); alter table t enable row level security",
    {},
    /distributed/,
  ],
  [
    "a rule and a view",
    "create table t(a int); create rule r as on insert to t do also nothing; create materialized view v as select * from t",
    {},
    /distributed/,
  ],
  [
    "a local table of the metadata",
    "create table t(a int primary key); select citus_add_local_table_to_metadata('t')",
    {},
    /distributed/,
  ],
  ["an enum", "create type mood as enum ('a'); create table t(a mood)", {}, /distributed/],
  [
    "a row type",
    "create type pair as (x int, y text); create table t(a pair); insert into t values (row(1, 'a'))",
    {},
    /distributed/,
  ],
  ["an array", "create table t(a int[]); insert into t values ('{1,2}')", {}, /distributed/],
  [
    "jsonb, network, range, uuid",
    "create table t(a jsonb, b cidr, c int4range, d uuid); insert into t(a) values ('{}')",
    {},
    /distributed/,
  ],
  ["a char column", "create table t(a char(4)); insert into t values ('a')", {}, /distributed/],
  ["a collation of its own", 'create table t(a text collate "C")', { with: "none" }, /distributed/],
  ["NULL elsewhere", "create table t(a int, b int); insert into t values (1, null)", {}, /distributed/],
];

function accepts(cases: readonly Case[]) {
  test.each(cases)(
    "%s is accepted by the preflight as by Citus, and its effect is seen",
    async (_name, sql, choice, effect) => {
      await room.setUp(sql);
      const prepared = await room.planDistribute(choice);
      expect(refusalOf(prepared)).toBeNull();
      expect(await room.send(prepared)).toBe("accepted");
      const seen = await prepared.look();
      expect(seen.sentence).toMatch(effect);
      expect(seen.seen).toBe(true);
    },
  );
}

describe("distributing", () => accepts(SIMPLE));
describe.skipIf(!room.isReal)("distributing on the real engine", () => accepts(REAL));

test("what was not sent is not seen", async () => {
  await room.setUp("create table t(a int primary key)");
  const prepared = await room.planDistribute({});
  expect(await prepared.look()).toEqual({
    seen: false,
    sentence: "room.t is not in Citus' metadata: it is still a plain table.",
  });
});

test("only the arguments that were chosen are shown, with the name quoted", async () => {
  await room.setUp('create table t(a bigint); create table "T ""q"(a bigint)');
  const sqlOf = async (choice: Choice) =>
    (await room.planDistribute(choice)).steps[0]?.calls[0]?.sql.replace(/\s+/g, " ");
  const shown = "select pg_catalog.create_distributed_table(";
  expect(await sqlOf({})).toBe(`${shown}'room.t'::regclass, 'a');`);
  expect(await sqlOf({ shards: 8 })).toBe(`${shown} 'room.t'::regclass, 'a', shard_count => 8 );`);
  expect(await sqlOf({ with: "none" })).toBe(`${shown} 'room.t'::regclass, 'a', colocate_with => 'none' );`);
  expect(await sqlOf({ with: "none", shards: 8 })).toBe(
    `${shown} 'room.t'::regclass, 'a', colocate_with => 'none', shard_count => 8 );`,
  );
  expect(await sqlOf({ with: "public.orders" })).toBe(
    `${shown} 'room.t'::regclass, 'a', colocate_with => 'public.orders' );`,
  );
  const quoted = await distributeTable.prepare(room.target, {
    clusterId: room.target.clusterId,
    table: await room.oidOf('room."T ""q"'),
    column: "a",
    colocateWith: { kind: "default" },
    shardCount: null,
  });
  expect(quoted.steps[0]?.calls[0]?.sql).toContain(`'room."T ""q"'::regclass`);
});

test.skipIf(!room.isReal)(
  "types that Citus accepts while the table is empty, and that end the server with the first row, are refused",
  async () => {
    await room.setUp("create type pair as (x int, y json); create table t(a json[], b pair, c xml[])");
    for (const column of ["a", "b", "c"]) {
      expect(refusalOf(await room.planDistribute({ column }))).toMatch(/no hash function all the way down/);
    }
  },
);

test("a default choice names the group it would join, and stands or falls with it", async () => {
  await room.setUp("create table t(a bigint primary key)");
  const joins = await room.planDistribute({});
  expect(joins.notes.map((note) => note.text).join()).toMatch(
    /colocation group \d+ with public.customers, public.order_items and public.orders/,
  );
  const alone = await room.planDistribute({ shards: 7 });
  expect(alone.notes.map((note) => note.text).join()).not.toMatch(/joins/);
  expect(alone.dependsOn).toEqual(["7 shards, in a colocation group of its own"]);
});
