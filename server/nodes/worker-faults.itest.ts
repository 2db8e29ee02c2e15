import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import type { FromNode } from "@/lib/domain/from-node";
import { holdingsByGroup } from "@/lib/domain/holdings";
import { addressOf } from "@/lib/domain/node";
import { nodeRows, totalOf } from "@/lib/domain/node-rows";
import type { Replication } from "@/lib/domain/replication";
import { silenceOf } from "@/lib/domain/silent-nodes";
import type { SandboxNodeName } from "@/sandbox/types";
import { readActivity } from "@/server/activity/reads";
import type { Target } from "@/server/clusters";
import { closePools } from "@/server/pg/pools";
import { forgetReach } from "@/server/pg/reach";
import { readReplication } from "@/server/replication/reads";
import { readSizes } from "@/server/sizes/reads";
import { testCluster } from "@/server/testing/cluster";
import { readTopology } from "@/server/topology/reads";
import { readNodeFacts } from "./facts";
import { listNodes } from "./reads";
import { forgetSteadiness, readSteadyFacts } from "./steady-facts";

const { sandbox, asReadLogin, target } = testCluster();
/** Three times the deadline of a question: for a machine that does several things at once. Citus' own view waits 30 s and more for a frozen worker. */
const WITHIN_MS = 10_000;

type Answers = { answers: readonly FromNode<unknown>[] };
/** Every reading that asks the nodes themselves. */
const READS: Record<string, (target: Target) => Promise<Answers>> = {
  "node facts": readNodeFacts,
  sizes: readSizes,
  activity: readActivity,
  replication: readReplication,
};

const keysOf = ({ history }: Replication) => history.series.map(({ key }) => key);

async function portOf(nodeId: number): Promise<number | undefined> {
  return (await listNodes(asReadLogin)).find((node) => node.id === nodeId)?.port;
}

/** All readings at once, and how long the slowest took. */
async function readAll(from: Target = asReadLogin) {
  const began = performance.now();
  const results = await Promise.all(
    Object.entries(READS).map(async ([name, read]) => ({ name, answers: (await read(from)).answers })),
  );
  return { results, tookMs: performance.now() - began };
}

async function expectOnlySilent(node: SandboxNodeName, results: Awaited<ReturnType<typeof readAll>>["results"]) {
  const nodes = await listNodes(asReadLogin);
  for (const { name, answers } of results) {
    const silent = answers.filter((answer) => !answer.ok);
    expect(silent, name).toHaveLength(1);
    expect(silent[0], name).toMatchObject({ problem: { code: "node_unreachable" } });
    expect(await portOf(silent[0]?.nodeId ?? -1), name).toBe(sandbox.nodes[node].port);
    expect(answers.length, name).toBeGreaterThanOrEqual(4);
    expect(silenceOf(answers, nodes)?.names, name).toContain(String(sandbox.nodes[node].port));
  }
}

beforeAll(() => sandbox.reset());
beforeEach(async () => {
  forgetReach();
  forgetSteadiness();
  await readAll();
});
afterEach(async () => {
  sandbox.thaw("worker3");
  await sandbox.start("worker2");
  await closePools();
});
afterAll(async () => {
  await sandbox.reset();
  await closePools();
});

describe("F4: a worker that refuses connections", () => {
  test("every reading names it, misses only what it holds, and no total is given as whole", async () => {
    await sandbox.stop("worker2");
    const { results } = await readAll();
    await expectOnlySilent("worker2", results);
    const [nodes, topology, sizes] = await Promise.all([
      listNodes(asReadLogin),
      readTopology(asReadLogin),
      readSizes(asReadLogin),
    ]);
    const rows = nodeRows(nodes, holdingsByGroup(topology, clusterPicture(nodes, topology, sizes).sizes), null);
    expect(totalOf(rows, (row) => row.bytes)).toMatchObject({ isAtLeast: true });
    expect(totalOf(rows, (row) => row.shards)).toMatchObject({ isAtLeast: false });
  });
});

describe("F5: a worker that hangs", () => {
  test("costs every reading its own numbers only, and nobody waits for it; Citus' own view is not answered in that time", async () => {
    sandbox.freeze("worker3");
    const view = sandbox.query(
      `set statement_timeout = ${WITHIN_MS}; select count(*) from pg_catalog.citus_shard_sizes()`,
    );
    const [{ results, tookMs }] = await Promise.all([readAll(), expect(view).rejects.toMatchObject({ code: "57014" })]);
    expect(tookMs).toBeLessThan(WITHIN_MS);
    await expectOnlySilent("worker3", results);
  });
});

describe("F6: a worker behind a line of 1 kB/s", () => {
  test("is given up at the deadline or answers late, with its own time; the others are as quick as ever", async () => {
    const proxy = await sandbox.proxyFor("worker3");
    await proxy.set({ slow: { bytesPerSecond: 1_000, delayMs: 20 } });
    const from = { ...asReadLogin, addresses: new Map([[addressOf(sandbox.nodes.worker3), proxy]]) };
    await closePools();
    const { results, tookMs } = await readAll(from);
    await proxy.close();
    expect(tookMs).toBeLessThan(WITHIN_MS);
    for (const { name, answers } of results) {
      const [slowest] = answers.toSorted((a, b) => b.tookMs - a.tookMs);
      expect(await portOf(slowest?.nodeId ?? -1), name).toBe(sandbox.nodes.worker3.port);
      expect(answers.filter((answer) => answer.nodeId !== slowest?.nodeId).every((answer) => answer.ok)).toBe(true);
    }
  });
});

describe("nodes that this console cannot reach by itself", () => {
  test("are asked through the coordinator, and after the first question without another try", async () => {
    const proxy = await sandbox.proxyFor("worker1");
    await proxy.set("mute");
    const nodes = await listNodes(asReadLogin);
    const from = { ...asReadLogin, addresses: new Map(nodes.map((node) => [addressOf(node), proxy])) };
    forgetReach();
    const { answers } = await readNodeFacts(from);
    expect(answers.map((answer) => answer.ok && answer.by)).toEqual(nodes.map(() => "coordinator"));
    const tried = proxy.accepted();
    expect(tried).toBeGreaterThan(0);
    const again = await readNodeFacts(from);
    expect(again.answers.every((answer) => answer.ok)).toBe(true);
    expect(proxy.accepted()).toBe(tried);
    await proxy.close();
  });
});

describe("F7: a worker that comes and goes", () => {
  test("changes on screen once, however often it is looked at", async () => {
    const proxy = await sandbox.proxyFor("worker3");
    const from = { ...asReadLogin, addresses: new Map([[addressOf(sandbox.nodes.worker3), proxy]]) };
    const seen: boolean[] = [];
    const real: boolean[] = [];
    await readNodeFacts(from); // reached directly once, so that its silence is its own
    for (const mode of ["pass", "refuse", "pass", "refuse", "pass", "refuse"] as const) {
      await proxy.set(mode);
      real.push((await readNodeFacts(from)).answers.every((answer) => answer.ok));
      seen.push((await readSteadyFacts(from)).answers.every((answer) => answer.ok));
    }
    await proxy.close();
    expect(real).toEqual([true, false, true, false, true, false]);
    expect(seen).toEqual([true, false, false, false, false, false]);
  });
});

describe("F10: a worker fails over to its standby", () => {
  test("stays the same node under another address, with everything that is remembered of it", async () => {
    const before = await listNodes(asReadLogin);
    const node = before.find((one) => one.port === sandbox.nodes.worker1.port);
    if (!node) throw new Error("worker 1 is no member");
    const remembered = keysOf(await readReplication(asReadLogin));
    expect(remembered.length).toBeGreaterThan(0);
    await sandbox.promote("standbyWorker1");
    await sandbox.stop("worker1");
    const { host, port } = sandbox.nodes.standbyWorker1;
    await sandbox.query("select pg_catalog.citus_update_node($1, $2, $3)", [node.id, host, port]);
    const after = await listNodes(target);
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect(after.find(({ id }) => id === node.id)).toEqual({
      ...node,
      port,
      metadataSynced: expect.any(Boolean), // Citus brings it up to date within seconds
    });
    const { answers } = await readNodeFacts(asReadLogin);
    expect(answers.every((answer) => answer.ok)).toBe(true);
    const replication = await readReplication(asReadLogin);
    expect(replication.answers.map(({ nodeId }) => nodeId)).toContain(node.id);
    expect(keysOf(replication)).toEqual(expect.arrayContaining(remembered));
  });
});
