import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { nodeIdSchema } from "@/lib/domain/node";
import { evenPoints } from "@/lib/domain/split-ranges";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { isolateTenant } from "./isolate";
import { splitShard } from "./split";

recordInOwnFolder();

const { sandbox, threeLogins: target } = testCluster();
const { clusterId } = target;
const NODES = ["coordinator", "worker1", "worker2", "worker3", "spare"] as const;

async function startOver() {
  stopCollectors();
  await closePools();
  await sandbox.reset();
}

beforeEach(async () => {
  vi.stubEnv("CITUS_URL", sandbox.url("owner"));
  await startOver();
});
afterAll(async () => {
  await letCitusDecode(false);
  await startOver();
});

/** The list of libraries that may decode is in postgresql.auto.conf, and not in every minor of PostgreSQL. */
async function letCitusDecode(mayDecode: boolean) {
  for (const node of NODES) {
    const [known] = await sandbox.query("select from pg_settings where name = 'output_plugin_libraries'", [], { node });
    if (!known) continue;
    const list = mayDecode ? "'pgoutput', 'test_decoding', 'citus'" : "default";
    await sandbox.query(`alter system set output_plugin_libraries = ${list}`, [], { node });
    await sandbox.query("select pg_reload_conf()", [], { node });
  }
}

const shardsOf = (table: string) =>
  sandbox.query<{ shardid: number; min: number; max: number; nodeid: number }>(
    `select s.shardid::int, s.shardminvalue::int as min, s.shardmaxvalue::int as max, n.nodeid
       from pg_dist_shard s join pg_dist_placement p using (shardid)
       join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
      where s.logicalrelid = $1::regclass order by min`,
    [table],
  );

const oidOf = async (table: string) => {
  const [row] = await sandbox.query<{ oid: number }>("select $1::regclass::oid::int8::int as oid", [table]);
  return row?.oid ?? 0;
};

const countOf = async (table: string) => (await sandbox.query(`select count(*) from ${table}`))[0];

/** Halves the first shard of a table; the second half goes to another node. */
async function halved(table: string, mode: "auto" | "block_writes") {
  const all = await shardsOf(table);
  const [first] = all;
  const elsewhere = all.find((shard) => shard.nodeid !== first?.nodeid);
  if (!first || !elsewhere) throw new Error(`${table} lies on one node only`);
  const points = evenPoints(first.min, first.max, 2);
  const nodeIds = [first, elsewhere].map((shard) => nodeIdSchema.parse(shard.nodeid));
  return { first, points, input: { clusterId, shardId: first.shardid, points, nodeIds, mode } };
}

test("in block_writes a group is cut in two in all its tables, no row is lost, and the plan wanted its id typed", async () => {
  const [before, rows] = [await shardsOf("orders"), await countOf("orders")];
  const { first, points, input } = await halved("orders", "block_writes");
  const { prepared, run } = await doChange(splitShard, target, input);
  expect(run).toMatchObject({ state: "succeeded", problem: null, effect: { seen: true }, login: "shardboard_ops" });
  expect(prepared.typed).toMatch(/^\d+$/);
  for (const table of ["customers", "orders", "order_items"])
    expect(await shardsOf(table)).toHaveLength(before.length + 1);
  const [left, right] = await shardsOf("orders");
  expect([left?.min, left?.max, right?.min, right?.max]).toEqual([
    first.min,
    points[0],
    (points[0] ?? 0) + 1,
    first.max,
  ]);
  expect([left?.nodeid, right?.nodeid]).toEqual(input.nodeIds);
  expect(await countOf("orders")).toEqual(rows);
}, 120_000);

test("in mode auto it is refused while PostgreSQL does not let Citus decode, with the statement; once it may, it goes", async (context) => {
  const { input } = await halved("events", "auto");
  const [known] = await sandbox.query("select from pg_settings where name = 'output_plugin_libraries'");
  if (!known) context.skip("this PostgreSQL keeps no list of libraries that may decode");
  const { refusal, prepared } = await doChange(splitShard, target, input);
  expect(refusal).toContain("does not let Citus decode the WAL");
  expect(prepared.notes[0]?.detail).toContain(
    "ALTER SYSTEM SET output_plugin_libraries = 'pgoutput', 'test_decoding', 'citus'",
  );
  await letCitusDecode(true);
  expect((await doChange(splitShard, target, input)).run).toMatchObject({ state: "succeeded", effect: { seen: true } });
}, 120_000);

test("points outside the range and too few nodes are refused with the reason", async () => {
  const { first, input } = await halved("events", "block_writes");
  const outside = await doChange(splitShard, target, { ...input, points: [first.max] });
  expect(outside.refusal).toContain(`${first.max} is outside`);
  const three = await doChange(splitShard, target, { ...input, points: evenPoints(first.min, first.max, 3) });
  expect(three.refusal).toBe("3 parts need as many nodes, and 2 are chosen.");
});

test("a tenant gets shards of its own in every table of the group, and a second time it is isolated already", async () => {
  const rows = await countOf("orders");
  const input = { clusterId, tableOid: await oidOf("orders"), value: "7", mode: "block_writes" as const };
  const { prepared, run } = await doChange(isolateTenant, target, input);
  expect(run).toMatchObject({ state: "succeeded", problem: null, effect: { seen: true }, login: "shardboard_ops" });
  expect(prepared.typed).toBe("public.orders");
  for (const table of ["customers", "orders", "order_items"])
    expect((await shardsOf(table)).filter((shard) => shard.min === shard.max)).toHaveLength(1);
  expect(await countOf("orders")).toEqual(rows);
  expect((await doChange(isolateTenant, target, input)).refusal).toContain("it is isolated already");
}, 120_000);

test("a value that the column cannot have is no tenant", async () => {
  const input = { clusterId, tableOid: await oidOf("orders"), value: "seven", mode: "block_writes" as const };
  await expect(doChange(isolateTenant, target, input)).rejects.toMatchObject({ code: "bad_input" });
});
