import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { nodeIdSchema } from "@/lib/domain/node";
import type { TransferMode } from "@/lib/domain/node-change";
import { readJobs } from "@/server/jobs/topic";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { moveShard } from "./move";

recordInOwnFolder();

const { sandbox, threeLogins } = testCluster();
const target = threeLogins;
const { clusterId } = target;
const { spare, worker1, worker2, worker3 } = sandbox.nodes;

async function startOver() {
  stopCollectors();
  await closePools();
  await sandbox.reset();
}

beforeEach(async () => {
  vi.stubEnv("CITUS_URL", sandbox.url("owner"));
  await startOver();
});
afterAll(startOver);

/** The placements of a table, by shard. */
const placementsOf = (table: string) =>
  sandbox.query<{ shardid: number; nodeid: number; port: number }>(
    `select s.shardid::int, n.nodeid, n.nodeport as port
       from pg_dist_shard s join pg_dist_placement p using (shardid)
       join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
      where s.logicalrelid = $1::regclass order by s.shardid`,
    [table],
  );

const nodeIdAt = async (port: number) => {
  const [node] = await sandbox.query<{ nodeid: number }>("select nodeid from pg_dist_node where nodeport = $1", [port]);
  return nodeIdSchema.parse(node?.nodeid);
};

/** A shard of the table that lies on worker 1, to another node. */
async function fromWorker1(table: string, port: number, mode: TransferMode) {
  const shard = (await placementsOf(table)).find((one) => one.port === worker1.port);
  if (!shard) throw new Error(`no shard of ${table} on worker 1`);
  const input = {
    clusterId,
    shardId: shard.shardid,
    sourceNodeId: nodeIdSchema.parse(shard.nodeid),
    targetNodeId: await nodeIdAt(port),
    mode,
  };
  return { shard, input };
}

test.each(["block_writes", "force_logical"] as const)(
  "in mode %s a group moves with all its tables, every row is still there, and it can be moved back at once",
  async (mode) => {
    const [before] = await sandbox.query<{ orders: string }>("select count(*)::text as orders from orders");
    const { shard, input } = await fromWorker1("orders", worker2.port, mode);
    const { prepared, run } = await doChange(moveShard, target, input);
    expect(prepared.steps.map((step) => step.title).join()).toMatch(/^Move 3 shards, .* (kB|MB), from :\d+ to :\d+$/);
    expect(run).toMatchObject({ state: "succeeded", problem: null, effect: { seen: true }, login: "shardboard_ops" });
    for (const table of ["customers", "orders", "order_items"]) {
      const moved = (await placementsOf(table)).filter((one) => one.port === worker2.port);
      expect(moved.length).toBeGreaterThan(0);
    }
    expect((await placementsOf("orders")).find((one) => one.shardid === shard.shardid)?.port).toBe(worker2.port);
    const [after] = await sandbox.query<{ orders: string }>("select count(*)::text as orders from orders");
    expect(after).toEqual(before);
    // What it left is on record to be dropped: no name clash, whether Citus has come to it or not.
    const back = { ...input, sourceNodeId: input.targetNodeId, targetNodeId: input.sourceNodeId };
    expect((await doChange(moveShard, target, back)).run).toMatchObject({ state: "succeeded", effect: { seen: true } });
  },
  120_000,
);

test("to a node without the reference tables they are copied first, so that joins there work", async () => {
  const isReal = sandbox.engine === "citus"; // the stand-in does not plan distributed queries
  await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
  const { input } = await fromWorker1("orders", spare.port, "block_writes");
  const { prepared, run } = await doChange(moveShard, target, input);
  expect(prepared.steps[0]?.title).toBe("Copy 1 reference table to every node that lacks it");
  expect(run).toMatchObject({ state: "succeeded", effect: { seen: true } });
  if (!isReal) return;
  const [joined] = await sandbox.query<{ rows: number }>(
    "select count(*)::int as rows from customers c join countries d on d.code = c.country",
  );
  expect(joined?.rows).toBeGreaterThan(0);
});

test("what Citus would refuse is refused beforehand: a table without replica identity, a node that is closed or silent", async () => {
  const auto = await fromWorker1("no_pk", worker2.port, "auto");
  expect((await doChange(moveShard, target, auto.input)).refusal).toBe("Table public.no_pk has no replica identity.");

  await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', false)", [
    worker2.host,
    worker2.port,
  ]);
  const closed = await fromWorker1("events", worker2.port, "auto");
  expect((await doChange(moveShard, target, closed.input)).refusal).toBe(
    "It may not hold shards. Open it for shards first.",
  );
  await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', true)", [worker2.host, worker2.port]);

  await sandbox.stop("worker3");
  const { refusal } = await doChange(moveShard, target, closed.input);
  expect(refusal).toBe(`:${worker3.port} does not answer.`);
  await sandbox.start("worker3");
});

test("a relation at the target that has the shard's name is never given to Citus to drop", async () => {
  const { shard, input } = await fromWorker1("events", worker2.port, "block_writes");
  await sandbox.query(`create table public.events_${shard.shardid} (precious int)`, [], { node: "worker2" });
  const { refusal } = await doChange(moveShard, target, input);
  expect(refusal).toBe(`:${worker2.port} has public.events_${shard.shardid} already, which is no placement.`);
});

test("while a rebalance is open nothing is moved by hand", async () => {
  await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
  await sandbox.query("select citus_rebalance_start(shard_transfer_mode => 'force_logical')");
  const { input } = await fromWorker1("events", worker2.port, "block_writes");
  const [job] = (await readJobs(target)).jobs;
  expect((await doChange(moveShard, target, input)).refusal).toBe(
    `A rebalance is already running as job ${job?.jobId}.`,
  );
});

test("a login that does not own the tables is told so before anything is sent", async () => {
  await sandbox.query("alter table events owner to dba");
  const { input } = await fromWorker1("events", worker2.port, "block_writes");
  expect((await doChange(moveShard, target, input)).refusal).toBe("Login shardboard_ops does not own public.events.");
});
