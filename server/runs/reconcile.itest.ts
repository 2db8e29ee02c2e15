import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { openRuns } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { testCluster } from "@/server/testing/cluster";
import { killRoom } from "@/server/testing/kill-room";

const { sandbox } = testCluster();
const room = await killRoom(sandbox);
beforeEach(room.open);
afterAll(room.leave);

const SENT = "sent /* shardboard:nodes.setMayHoldShards";

test("F19: killed at any point of an action, the next start says truly what came of it, and no entry of the audit is lost", async () => {
  const whole = await room.turn({ at: 0, lateMs: 0 });
  expect(whole).toMatchObject({
    wrong: [],
    report: { wasKilled: false },
    run: { state: "succeeded", reconciled: null },
  });
  const last = whole.report.points.length;
  const ended = [];
  for (let at = 1; at <= last; at += Math.ceil(last / 17)) ended.push(await room.turn({ at, lateMs: 0 }));
  for (const lateMs of [1, 3, 6]) ended.push(await room.turn({ at: SENT, lateMs }));
  expect(ended.flatMap(({ wrong }) => wrong)).toEqual([]);
  // It was not the same everywhere: some did nothing, some were seen by their effect.
  const states = new Set(ended.map(({ run }) => run?.state));
  expect([states.has(undefined), states.has("failed"), states.has("succeeded")]).toEqual([true, true, true]);
  const audit = await room.audit();
  expect(audit).toMatchObject({ lost: 0, wrong: [] });
  expect(audit.acknowledged).toBeGreaterThan(15);
}, 120_000);

const worker3Holds = async () => {
  const [row] = await sandbox.query<{ groups: number }>(
    `select count(*)::int as groups from pg_dist_placement p join pg_dist_node n using (groupid)
      join pg_dist_shard s using (shardid) join pg_dist_partition t using (logicalrelid)
     where n.nodeport = $1 and t.partmethod = 'h'`,
    [sandbox.nodes.worker3.port],
  );
  return row?.groups ?? 0;
};

test("F14: a drain whose console dies between its statements is failed, and says that the node stays closed", async () => {
  const nodeId = await idOfWorker3();
  const { run, wrong } = await room.round(
    {
      change: "node.drain",
      input: { nodeId, mode: "force_logical" },
      isDone: async () => (await worker3Holds()) === 0,
    },
    { at: "before /* shardboard:nodes.startDrain", lateMs: 0 },
  );
  expect(wrong).toEqual([]);
  expect(run).toMatchObject({ state: "failed", jobId: null, steps: [{ state: "done" }, { state: "failed" }] });
  expect(run?.effect?.sentence).toContain("stays closed. Drain it again, or open it for shards.");
  expect((await room.turn({ at: 0, lateMs: 0 })).run).toMatchObject({ change: "node.open", state: "succeeded" });
}, 60_000);

test("a job that a killed console had started is found by its number and followed until it ends", async () => {
  const nodeId = await idOfWorker3();
  const isDone = async () => (await worker3Holds()) === 0;
  const going = room.round(
    { change: "node.drain", input: { nodeId, mode: "force_logical" }, isDone },
    { at: "answered /* shardboard:nodes.startDrain", lateMs: 0 },
  );
  const followed = async () => (await openRuns(await state())).find(({ run }) => run.jobId !== null);
  await vi.waitUntil(followed, { timeout: 20_000 });
  // A whole drain takes too long here: it is stopped, and the run ends when its job does.
  await sandbox.query("select citus_rebalance_stop()");
  const { run, wrong } = await going;
  expect(wrong).toEqual([]);
  expect(run).toMatchObject({ state: "failed", jobId: expect.any(Number) });
  expect(run?.effect?.sentence).toMatch(/^Job \d+ is cancelled with \d+ of \d+ moves done\./);
}, 60_000);

async function idOfWorker3(): Promise<number> {
  const [node] = await sandbox.query<{ id: number }>("select nodeid as id from pg_dist_node where nodeport = $1", [
    sandbox.nodes.worker3.port,
  ]);
  return node?.id ?? 0;
}

test("a statement that goes on in the server after its console died is followed, and nothing is concluded before it ends", async () => {
  await sandbox.query("create table public.waits (id int primary key)");
  const [table] = await sandbox.query<{ oid: number }>("select 'public.waits'::regclass::oid::int8::int as oid");
  const isDistributed = async () =>
    (await sandbox.query("select from pg_dist_partition where logicalrelid = 'public.waits'::regclass")).length > 0;
  const blocker = await lockTable();
  try {
    const going = room.round(
      {
        change: "table.distribute",
        input: { table: table?.oid ?? 0, column: "id", colocateWith: { kind: "none" }, shardCount: 4 },
        isDone: isDistributed,
      },
      { at: "sent /* shardboard:tables.distribute", lateMs: 100 },
    );
    await vi.waitUntil(async () => (await openRuns(await state())).some(({ run }) => run.state === "detached"), {
      timeout: 20_000,
    });
    const sessions = await sandbox.query("select from pg_stat_activity where application_name like 'shardboard:act:%'");
    expect(sessions).toHaveLength(1);
    await blocker.release();
    const { run, wrong } = await going;
    expect(wrong).toEqual([]);
    expect(run?.reconciled?.sentence).toMatch(/^No session of it is left on the coordinator\./);
  } finally {
    await blocker.release();
    if (await isDistributed()) await sandbox.query("select undistribute_table('public.waits')");
    await sandbox.query("drop table public.waits");
  }
}, 60_000);

/** Holds a lock on the table, so that whatever changes it waits. */
async function lockTable(): Promise<{ release: () => Promise<void> }> {
  const pg = await import("pg");
  const client = new pg.default.Client({ connectionString: sandbox.url() });
  await client.connect();
  await client.query("begin; lock table public.waits in share mode");
  let isHeld = true;
  return {
    async release() {
      if (isHeld) await client.end();
      isHeld = false;
    },
  };
}
