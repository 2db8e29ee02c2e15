import pg from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { type GlobalPid, globalPid } from "@/lib/domain/global-pid";
import type { SandboxNodeName } from "@/sandbox/types";
import { refusalOf } from "@/server/changes/plan";
import { closePools } from "@/server/pg/pools";
import { applicationName } from "@/server/pg/session";
import { testCluster } from "@/server/testing/cluster";
import { type Planned, plan } from "@/server/testing/do-change";
import { readActivity } from "./reads";
import { cancelSessions, terminateSessions } from "./signal-change";

const { sandbox, target, asReadLogin: reader } = testCluster();
const asReadLogin = { ...reader, clusterId: clusterIdSchema.parse("sandbox-read") };
const { clusterId } = target;
const open: pg.Client[] = [];

type Opened = { client: pg.Client; gpid: GlobalPid };

async function session(application: string, node: SandboxNodeName = "coordinator"): Promise<Opened> {
  const client = new pg.Client({ connectionString: sandbox.url("app", node), application_name: application });
  client.on("error", () => {}); // being terminated is the point
  await client.connect();
  open.push(client);
  const { sessions } = await readActivity(target);
  const found = sessions.find((one) => one.application === application);
  if (!found) throw new Error(`${application} is not in the list`);
  return { client, gpid: globalPid(found.nodeId, found.pid) };
}

/** What a run does with a prepared change: the very calls, over one connection, as the login that runs changes. */
async function execute(prepared: Planned): Promise<void> {
  const client = new pg.Client({ connectionString: sandbox.url("owner") });
  await client.connect();
  try {
    for (const call of prepared.steps.flatMap((step) => step.calls)) await call.execute(client, {});
  } finally {
    await client.end();
  }
}

const cancel = (...globalPids: GlobalPid[]) => plan(cancelSessions, target, { clusterId, globalPids });
const terminate = (...globalPids: GlobalPid[]) => plan(terminateSessions, target, { clusterId, globalPids });
const verified = (planned: Planned) => planned.look();

afterEach(async () => {
  await Promise.allSettled(open.splice(0).map((client) => client.end()));
});
afterAll(closePools);

test.each(["coordinator", "worker2"] as const)(
  "cancel ends the statement of a session on %s and leaves the session",
  async (node) => {
    const { client, gpid } = await session("itest sleeper", node);
    const asleep = client.query("select pg_sleep(60)").catch((cause: { code?: string }) => cause.code);
    await sandboxSees("pg_sleep(60)", node);
    const prepared = await cancel(gpid);
    expect(refusalOf(prepared)).toBeNull();
    expect(prepared.steps.flatMap((step) => step.calls).map((call) => call.sql)).toEqual([
      `select pg_catalog.pg_cancel_backend('${gpid}'::int8) as done;`,
    ]);
    await execute(prepared);
    expect(await verified(prepared)).toEqual({ seen: true, sentence: "The statement has ended." });
    expect(await asleep).toBe("57014");
    expect((await client.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  },
);

async function sandboxSees(query: string, node: SandboxNodeName): Promise<void> {
  const sql = "select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like $1";
  while ((await sandbox.query(sql, [`%${query}%`], { node })).length === 0);
}

test("terminating the root lets the waiting session go on", async () => {
  const update = "update vouchers set worth = worth where code = 'SAVE2'";
  const holder = await session("itest holder");
  await holder.client.query("begin");
  await holder.client.query(update);
  const waiter = await session("itest waiter");
  const blocked = waiter.client.query(update);
  while ((await readActivity(target)).waits.length === 0);

  expect(refusalOf(await cancel(holder.gpid))).toMatch(/runs no statement now/);
  const prepared = await terminate(holder.gpid);
  expect(prepared.notes.map((note) => note.text)).toContain("1 session waits for it; ending it lets it go on.");
  await execute(prepared);
  expect(await verified(prepared)).toEqual({ seen: true, sentence: "The session has ended." });
  expect((await blocked).rowCount).toBe(1);
});

test("several sessions are ended in one change", async () => {
  const first = await session("itest one");
  const second = await session("itest two", "worker1");
  const prepared = await terminate(first.gpid, second.gpid, first.gpid);
  expect(prepared.steps).toHaveLength(2);
  await execute(prepared);
  expect(await verified(prepared)).toEqual({ seen: true, sentence: "All 2 sessions have ended." });
});

test("a session that is gone is refused by its number", async () => {
  const { client, gpid } = await session("itest short");
  await client.end();
  expect(refusalOf(await terminate(gpid))).toBe(`Session ${gpid} is gone: its node does not list it any more.`);
});

test("another statement than the one that was looked at makes the plan stale", async () => {
  const { client, gpid } = await session("itest busy");
  const looked = await terminate(gpid);
  await client.query("select 1");
  const again = await terminate(gpid);
  expect(again.dependsOn).toEqual(looked.dependsOn); // the same session, whatever it does
  expect((await cancel(gpid)).dependsOn).not.toEqual((await cancelAfterNext(client, gpid)).dependsOn);
});

async function cancelAfterNext(client: pg.Client, gpid: GlobalPid) {
  await client.query("select 2");
  return cancel(gpid);
}

test("the console's own sessions and background processes are refused", async () => {
  const { sessions } = await readActivity(target);
  const refusalFor = async (wanted: (one: (typeof sessions)[number]) => boolean) => {
    const found = sessions.find(wanted);
    return found && refusalOf(await terminate(globalPid(found.nodeId, found.pid)));
  };
  expect(await refusalFor((one) => one.application === applicationName("node"))).toMatch(/this console's own session/);
  expect(await refusalFor((one) => one.backendType === "checkpointer")).toMatch(/background process \(checkpointer\)/);
});

test("a login without pg_signal_backend is told so before the click", async () => {
  const { gpid } = await session("itest theirs");
  const prepared = await terminateSessions.prepare(asReadLogin, { clusterId, globalPids: [gpid] });
  expect(refusalOf(prepared)).toBe("shardboard_read may not signal sessions of app_rw.");
});
