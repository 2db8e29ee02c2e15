import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { lagOf, type Replication, type Standby } from "@/lib/domain/replication";
import type { SandboxNodeName } from "@/sandbox/types";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readReplication } from "./reads";

const { sandbox, target, asReadLogin: reader } = testCluster();
/** Pools and memory are kept by cluster id. */
const asReadLogin = { ...reader, clusterId: clusterIdSchema.parse("sandbox-read") };
afterAll(closePools);

async function nodeIdOf(node: SandboxNodeName): Promise<number> {
  const rows = await sandbox.query<{ nodeid: number }>("select nodeid from pg_dist_node where nodeport = $1", [
    sandbox.nodes[node].port,
  ]);
  return rows[0]?.nodeid ?? 0;
}

const standbyOf = (replication: Replication, nodeId: number) =>
  replication.standbys.find((standby) => standby.nodeId === nodeId && standby.kind === "standby");

async function until(holds: (replication: Replication) => boolean): Promise<Replication> {
  for (;;) {
    const replication = await readReplication(asReadLogin);
    if (holds(replication)) return replication;
    await sleep(100);
  }
}

/** How often the standby reports when no WAL arrives. Seldom, so that no report falls into the window that is looked at. */
async function reportEvery(node: SandboxNodeName, seconds: 60 | 10): Promise<void> {
  await sandbox.query(`alter system set wal_receiver_status_interval = '${seconds}s'`, [], { node });
  await sandbox.query("select pg_reload_conf()", [], { node });
}

/** The standby of a node at the beginning and the end of 3 s in which the primary wrote nothing. */
async function quietWindow(nodeId: number): Promise<{ before: Standby; after: Standby }> {
  for (;;) {
    const before = standbyOf(await readReplication(asReadLogin), nodeId);
    await sleep(3_000);
    const after = standbyOf(await readReplication(asReadLogin), nodeId);
    if (before && after && before.sentLsn === after.sentLsn) return { before, after };
  }
}

const write = () => sandbox.query("update vouchers set worth = worth + 0.01");

test.each([
  ["owner", target],
  ["read login", asReadLogin],
])("as the %s: every primary tells its standbys and slots", async (_, who) => {
  const replication = await readReplication(who);
  expect(replication.answers).toHaveLength(4);
  expect(replication.answers.every((answer) => answer.ok)).toBe(true);
  for (const node of ["coordinator", "worker1"] as const) {
    const nodeId = await nodeIdOf(node);
    const standby = standbyOf(replication, nodeId);
    expect(standby).toMatchObject({ state: "streaming", syncState: "async" });
    expect(replication.slots).toContainEqual(
      expect.objectContaining({ nodeId, name: standby?.slot, kind: "physical", isActive: true }),
    );
  }
  expect(standbyOf(replication, await nodeIdOf("worker2"))).toBeUndefined();
});

test("a paused standby falls behind second by second although replay_lag stands still, and is caught up after it resumes", async () => {
  const nodeId = await nodeIdOf("coordinator");
  await write();
  await until((one) => standbyOf(one, nodeId)?.replayBytes === 0);
  await reportEvery("standbyCoordinator", 60);
  await sandbox.pauseReplay("standbyCoordinator");
  try {
    await write();
    await until((one) => (standbyOf(one, nodeId)?.replayBytes ?? 0) > 0);
    const { before, after } = await quietWindow(nodeId);
    expect(after.replaySeconds).toBe(before.replaySeconds);
    expect(after.replayBytes).toBe(before.replayBytes);
    const grown = (after.behind?.seconds ?? 0) - (before.behind?.seconds ?? 0);
    expect(grown).toBeGreaterThan(2.9);
    expect(grown).toBeLessThan(4);
    expect(lagOf(after)).toEqual(after.behind);
    expect(after.flushBytes).toBe(0);
  } finally {
    await reportEvery("standbyCoordinator", 10);
    await sandbox.resumeReplay("standbyCoordinator");
  }
  const caughtUp = await until((one) => standbyOf(one, nodeId)?.replayBytes === 0);
  expect(standbyOf(caughtUp, nodeId)?.behind).toEqual({ seconds: 0, atLeast: false });
  const line = caughtUp.history.series.find(({ key }) => key === standbyOf(caughtUp, nodeId)?.key)?.values ?? [];
  expect(Math.max(...line.map((value) => value ?? 0))).toBeGreaterThan(2.5);
});

test("a standby that is stopped is missed by name, and its slot is not in use", async () => {
  const nodeId = await nodeIdOf("worker1");
  const seen = standbyOf(await until((one) => standbyOf(one, nodeId) !== undefined), nodeId);
  await sandbox.stop("standbyWorker1");
  try {
    const replication = await until((one) => standbyOf(one, nodeId) === undefined);
    expect(replication.missing).toMatchObject([{ nodeId, name: seen?.name }]);
    expect(replication.slots.find((slot) => slot.nodeId === nodeId && slot.name === seen?.slot)).toMatchObject({
      isActive: false,
    });
  } finally {
    await sandbox.start("standbyWorker1");
  }
  const back = await until((one) => standbyOf(one, nodeId)?.state === "streaming");
  expect(back.missing).toEqual([]);
});

test("a frozen worker is named within 4 s, and its standby is neither shown nor called missing", async () => {
  const nodeId = await nodeIdOf("worker1");
  await readReplication(asReadLogin);
  sandbox.freeze("worker1");
  try {
    const started = performance.now();
    const replication = await readReplication(asReadLogin);
    expect(performance.now() - started).toBeLessThan(4_000);
    expect(replication.answers.flatMap((answer) => (answer.ok ? [] : [answer.nodeId as number]))).toEqual([nodeId]);
    expect(standbyOf(replication, nodeId)).toBeUndefined();
    expect(replication.missing).toEqual([]);
    expect(standbyOf(replication, await nodeIdOf("coordinator"))).toBeDefined();
  } finally {
    sandbox.thaw("worker1");
  }
});
