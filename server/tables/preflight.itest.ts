import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { refusalOf } from "@/server/changes/plan";
import { closePools } from "@/server/pg/pools";
import { type Choice, room } from "./testing-room";

beforeEach(room.empty);
afterAll(async () => {
  await room.leave();
  await closePools();
});

type Case = [name: string, setUp: string, choice: Choice, sqlState: string, says: RegExp];
const TRIGGER =
  "create function room.f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on";

/** Those of the recordings, which both engines answer alike. */
const RECORDED: Case[] = [
  ["an unknown column", "create table t(a int)", { column: "nope" }, "42703", /has no column "nope"/],
  ["a unique key without the column", "create table t(a int, b int unique)", {}, "0A000", /unique key t_b_key \(b\)/],
  [
    "an already distributed table",
    "create table t(a int); select create_distributed_table('t','a')",
    {},
    "42P16",
    /already a distributed/,
  ],
  [
    "colocation with another type",
    "create table t(a text primary key)",
    { with: "public.customers" },
    "XX000",
    /a is text, public.customers.customer_id is bigint/,
  ],
  ["a shard count of zero", "create table t(a int)", { shards: 0 }, "XX000", /0 is no shard count/],
  ["a shard count of 64001", "create table t(a int)", { shards: 64_001 }, "XX000", /64001 is no shard count/],
  ["a negative shard count", "create table t(a int)", { with: "none", shards: -1 }, "XX000", /-1 is no shard count/],
  [
    "a generated column",
    "create table t(b int, a int generated always as (b * 2) stored)",
    {},
    "0A000",
    /generated column/,
  ],
  ["a type without a hash function", "create table t(a point)", {}, "42704", /type point/],
  [
    "a foreign key to a plain table",
    "create table r(id int primary key); create table t(a int, r int references r)",
    {},
    "42P16",
    /room\.r, which is on the coordinator only/,
  ],
  [
    "a table with inheritors",
    "create table t(a int); create table c() inherits (t)",
    {},
    "42809",
    /inherit from room\.t/,
  ],
  ["a view", "create view t as select 1 as a", {}, "42809", /room\.t is a view/],
  [
    "a trigger",
    `create table t(a int primary key); ${TRIGGER} t for each row execute function f()`,
    {},
    "XX000",
    /the trigger g/,
  ],
];

/** Seen on the real engine beyond the recordings. */
const BEYOND: Case[] = [
  [
    "a primary key without the column",
    "create table t(a int, b int primary key)",
    {},
    "0A000",
    /primary key t_pkey \(b\)/,
  ],
  [
    "a unique index without the column",
    "create table t(a int, b int); create unique index u on t(b) where a > 0",
    {},
    "0A000",
    /unique key u \(b\)/,
  ],
  [
    "a unique index of an expression",
    "create table t(a int); create unique index u on t((a + 0))",
    {},
    "0A000",
    /\(expression\)/,
  ],
  [
    "an exclusion constraint without the column",
    "create table t(a int, r int4range, exclude using gist (r with &&))",
    {},
    "0A000",
    /exclusion constraint/,
  ],
  [
    "a unique key of a partition",
    "create table t(a int, d date) partition by range (d); create table t1 partition of t default; create unique index u on t1(d)",
    {},
    "0A000",
    /unique key u \(d\)/,
  ],
  [
    "a switched off trigger",
    `create table t(a int); ${TRIGGER} t for each row execute function f(); alter table t disable trigger g`,
    {},
    "XX000",
    /the trigger g/,
  ],
  [
    "a trigger of a partition",
    `create table t(a int, d date) partition by range (d); create table t1 partition of t default; ${TRIGGER} t1 for each row execute function f()`,
    {},
    "XX000",
    /the trigger g/,
  ],
  ["an inheriting table", "create table p(a int); create table t() inherits (p)", {}, "42809", /inherits from room\.p/],
  [
    "a partition",
    "create table p(a int, d date) partition by range (d); create table t partition of p default",
    {},
    "XX000",
    /is a partition of room\.p/,
  ],
  [
    "partitions of partitions",
    "create table t(a int, d date) partition by range (d); create table t1 partition of t default partition by hash (a)",
    {},
    "0A000",
    /room\.t1 is partitioned itself/,
  ],
  ["a materialized view", "create materialized view t as select 1 as a", {}, "42809", /materialized view/],
  ["a sequence", "create sequence t", { column: "last_value" }, "42809", /no table/],
  [
    "a policy with a subquery",
    "create table t(a int); create policy p on t using (a in (select 1))",
    {},
    "0A000",
    /policy p contains a subquery/,
  ],
  ["xid, which has no order", "create table t(a xid)", {}, "XX000", /type xid/],
  ["json", "create table t(a json)", {}, "42704", /type json/],
  ["a domain over json", "create domain d as json; create table t(a d)", {}, "42704", /type room\.d/],
  ["bit strings", "create table t(a bit(3))", {}, "42704", /bit\(3\)/],
  ["a negative scale", "create table t(a numeric(3,-2))", {}, "0A000", /scale is negative/],
  [
    "a collation that is not deterministic",
    "create collation nd (provider = icu, locale = 'und', deterministic = false); create table t(a text collate nd)",
    {},
    "0A000",
    /room\.nd, which is not deterministic/,
  ],
  [
    "colocation with another collation",
    "create table o(a text); select create_distributed_table('o','a'); create table t(a text collate \"C\")",
    { with: "room.o" },
    "XX000",
    /pg_catalog\.C, room\.o\.a has/,
  ],
  [
    "a default group of another collation",
    "create table o(a text); select create_distributed_table('o','a'); create table t(a text collate \"C\")",
    {},
    "XX000",
    /Colocated columns need the same/,
  ],
  [
    "colocation of a domain with its base",
    "create domain d as bigint; create table t(a d)",
    { with: "public.customers" },
    "XX000",
    /room\.d, public\.customers\.customer_id is bigint/,
  ],
  [
    "a foreign key to a table elsewhere",
    "create table t(a bigint references customers)",
    { with: "none" },
    "0A000",
    /would not be colocated/,
  ],
  [
    "a foreign key that does not tie the column",
    "create table t(a bigint, o bigint references customers)",
    { with: "public.customers" },
    "0A000",
    /does not tie a to customer_id/,
  ],
  [
    "a foreign key in another order",
    "create table t(a bigint, o bigint, foreign key (o, a) references orders)",
    { with: "public.customers" },
    "0A000",
    /does not tie/,
  ],
  [
    "a foreign key to itself by another column",
    "create table t(a int primary key, p int references t)",
    {},
    "0A000",
    /does not tie a to a/,
  ],
  [
    "ON DELETE SET NULL of the column",
    "create table t(a text references countries on delete set null)",
    {},
    "0A000",
    /ON DELETE SET NULL/,
  ],
  [
    "ON UPDATE CASCADE of the column",
    "create table t(a bigint references customers on update cascade)",
    { with: "public.customers" },
    "0A000",
    /ON UPDATE CASCADE/,
  ],
  [
    "a foreign key of a partition",
    "create table r(id int primary key); create table t(a int, d date) partition by range (d); create table t1 partition of t default; alter table t1 add foreign key (a) references r",
    {},
    "42P16",
    /room\.r, which is on the coordinator only/,
  ],
  [
    "a foreign key to a local table of the metadata",
    "create table r(id int primary key); select citus_add_local_table_to_metadata('r'); create table t(a int, r int references r)",
    {},
    "0A000",
    /on the coordinator only/,
  ],
  [
    "a foreign key from a local table of the metadata",
    "create table t(a int primary key, c text references countries); create table c(x int references t)",
    {},
    "0A000",
    /room\.c, a local table in Citus' metadata/,
  ],
  [
    "an identity column of a local table of the metadata",
    "create table t(a int generated always as identity primary key, c text references countries)",
    {},
    "0A000",
    /identity column/,
  ],
  [
    "two sequences in a default",
    "create sequence s; create sequence s2; create table t(a int, b int default nextval('s') + nextval('s2'))",
    {},
    "XX000",
    /2 sequences/,
  ],
  [
    "a sequence of two types",
    "create sequence s; create table o(a int default nextval('s')); select create_distributed_table('o','a'); create table t(a bigint default nextval('s'))",
    {},
    "XX000",
    /room\.o\.a uses as another type/,
  ],
  [
    "a row without a value",
    "create table t(a int); insert into t values (null)",
    {},
    "22004",
    /There are rows in which a is NULL/,
  ],
];

function refuses(cases: readonly Case[]) {
  test.each(cases)("%s is refused by the preflight as by Citus", async (_name, sql, choice, sqlState, says) => {
    await room.setUp(sql);
    const prepared = await room.planDistribute(choice);
    expect(refusalOf(prepared)).toMatch(says);
    expect(await room.send(prepared)).toBe(sqlState);
  });
}

describe("distributing, refused in the recordings", () => refuses(RECORDED));
describe.skipIf(!room.isReal)("distributing, refused by the real engine beyond the recordings", () => refuses(BEYOND));

test("a shard count beside a table to colocate with is refused, and no such statement is shown", async () => {
  await room.setUp("create table t(a bigint primary key)");
  const prepared = await room.planDistribute({ with: "public.customers", shards: 4 });
  expect(refusalOf(prepared)).toMatch(/Colocated tables have the same shards/);
  expect(prepared.steps[0]?.calls[0]?.sql).not.toMatch(/shard_count/);
});
