import pg from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import type { Activity } from "@/lib/domain/activity";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { globalPid } from "@/lib/domain/global-pid";
import { freedBy, lockGraph } from "@/lib/domain/lock-graph";
import type { SandboxNodeName } from "@/sandbox/types";
import { closePools } from "@/server/pg/pools";
import { applicationName } from "@/server/pg/session";
import { testCluster } from "@/server/testing/cluster";
import { readActivity, readActivityViews } from "./reads";

const { sandbox, target, asReadLogin: reader } = testCluster();
/** Pools are kept by cluster id: under the same one the second login would get the first one's sessions. */
const asReadLogin = { ...reader, clusterId: clusterIdSchema.parse("sandbox-read") };
const isRealCitus = sandbox.engine === "citus";
const open: pg.Client[] = [];

async function session(application: string, node: SandboxNodeName = "coordinator"): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: sandbox.url("app", node), application_name: application });
  client.on("error", () => {}); // a node that is stopped cuts it
  await client.connect();
  open.push(client);
  return client;
}

const pidOf = async (client: pg.Client) =>
  (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid ?? 0;
const named = (activity: Activity, application: string) =>
  activity.sessions.find((one) => one.application === application);

async function until(holds: (activity: Activity) => boolean): Promise<Activity> {
  for (;;) {
    const activity = await readActivity(asReadLogin);
    if (holds(activity)) return activity;
  }
}

afterEach(async () => {
  await Promise.allSettled(open.splice(0).map((client) => client.end()));
});
afterAll(closePools);

test.each([
  ["owner", target],
  ["read login", asReadLogin],
])("as the %s: a blocked update is a lock wait with the right root, row and time", async (_, who) => {
  const holder = await session("itest holder");
  await holder.query("begin");
  await holder.query("update vouchers set worth = worth where code = 'SAVE1'");
  const waiter = await session("itest waiter");
  const blocked = waiter.query("update vouchers set worth = worth where code = 'SAVE1'");
  await until((activity) => activity.waits.length > 0);

  const activity = await readActivity(who);
  expect(activity.answers.every((answer) => answer.ok)).toBe(true);
  expect(activity.blindOn).toEqual([]);
  const root = named(activity, "itest holder");
  const waiting = named(activity, "itest waiter");
  expect(activity.waits).toMatchObject([
    {
      waiter: waiting?.globalPid,
      blocker: { kind: "session", globalPid: root?.globalPid },
      lock: { type: "transactionid", relation: "public.vouchers" },
    },
  ]);
  expect(activity.waits[0]?.waitSeconds).toBeGreaterThan(0);
  expect(root).toMatchObject({ user: "app_rw", state: "idle in transaction", kind: "client" });
  expect(root?.transactionSeconds).toBeGreaterThan(0);
  const graph = lockGraph(activity.waits);
  expect(graph.roots).toEqual([root?.globalPid]);
  expect([...freedBy(graph, root?.globalPid ?? "")]).toEqual([waiting?.globalPid]);

  await holder.query("rollback");
  await blocked;
});

test.runIf(isRealCitus)(
  "waits on a worker are the sessions' own: the nodes tell the same pairs as citus_lock_waits",
  async () => {
    const touch = "update orders set note = note where customer_id = 1";
    const holder = await session("itest holder");
    await holder.query("begin");
    await holder.query(touch);
    const first = await session("itest first");
    const firstDone = first.query(touch);
    await until((activity) => activity.waits.length === 1);
    const second = await session("itest second", "worker1");
    const secondDone = second.query(touch);
    const activity = await until((one) => lockGraph(one.waits).parties.length === 3);

    const views = await readActivityViews(asReadLogin);
    const pairs = (one: Activity) =>
      one.waits
        .map(({ waiter, blocker }) => `${waiter} ${blocker.kind === "session" ? blocker.globalPid : ""}`)
        .toSorted();
    expect(pairs(activity)).toEqual(pairs(views));
    expect(lockGraph(activity.waits).roots).toEqual([named(activity, "itest holder")?.globalPid]);
    expect(named(activity, "itest second")?.globalPid).toMatch(/^2\d{10}$/);

    await holder.query("rollback");
    await Promise.all([firstDone, secondDone]);
  },
);

test("Read now tells of the same sessions under the same global pids", async () => {
  const pid = await pidOf(await session("itest quiet"));
  const elsewhere = await pidOf(await session("itest elsewhere", "worker2"));
  for (const activity of [await readActivityViews(asReadLogin), await readActivity(asReadLogin)]) {
    const here = named(activity, "itest quiet");
    expect(here?.globalPid).toBe(globalPid(here?.nodeId ?? 0, pid));
    const there = named(activity, "itest elsewhere");
    expect(there?.globalPid).toBe(globalPid(there?.nodeId ?? 0, elsewhere));
    expect(there?.nodeId).not.toBe(here?.nodeId);
    expect(activity.answers.every((answer) => answer.ok)).toBe(true);
  }
});

test("the console's own reading is known as its own", async () => {
  const { sessions } = await readActivity(asReadLogin);
  const ours = sessions.filter((one) => one.application === applicationName("node"));
  expect(ours.length).toBeGreaterThan(0);
  expect(new Set(ours.map((one) => one.kind))).toEqual(new Set(["own"]));
});

async function nodeIdOf(node: SandboxNodeName): Promise<number> {
  const rows = await sandbox.query<{ nodeid: number }>("select nodeid from pg_dist_node where nodeport = $1", [
    sandbox.nodes[node].port,
  ]);
  return rows[0]?.nodeid ?? 0;
}

const silentNodes = (activity: Activity) => activity.answers.flatMap((one) => (one.ok ? [] : [one.nodeId as number]));

test("a stopped worker's sessions are missing, the node is named, and everybody else's are there", async () => {
  await session("itest here");
  const stopped = await nodeIdOf("worker3");
  await readActivity(asReadLogin);
  await sandbox.stop("worker3");
  try {
    for (const activity of [await readActivity(asReadLogin), await readActivityViews(asReadLogin)]) {
      expect(silentNodes(activity)).toEqual([stopped]);
      expect(activity.sessions.some((one) => one.nodeId === stopped)).toBe(false);
      expect(named(activity, "itest here")).toBeDefined();
    }
  } finally {
    await sandbox.start("worker3");
  }
});

test("a frozen worker costs its own sessions only, and less than 4 s", async () => {
  await session("itest here");
  const frozen = await nodeIdOf("worker3");
  await readActivity(asReadLogin);
  sandbox.freeze("worker3");
  try {
    for (const read of [readActivity, readActivity, readActivityViews]) {
      const started = performance.now();
      const activity = await read(asReadLogin);
      expect(performance.now() - started).toBeLessThan(4_000);
      expect(silentNodes(activity)).toEqual([frozen]);
      expect(named(activity, "itest here")).toBeDefined();
    }
  } finally {
    sandbox.thaw("worker3");
  }
});
