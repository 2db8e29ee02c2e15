import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { isJobOpen } from "@/lib/domain/job";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { onPool } from "@/server/pg/run";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { listNodes } from "../reads";
import { activateNode } from "./activate-node";
import { addNode } from "./add-node";
import { addSecondary } from "./add-secondary";
import { disableNode } from "./disable-node";
import { drainNode } from "./drain-node";
import { closeNode, openNode } from "./may-hold-shards";
import { removeNode } from "./remove-node";
import { setCoordinatorHost } from "./set-coordinator-host";

recordInOwnFolder();

const { sandbox, target } = testCluster();
const { clusterId } = target;
const { spare, worker1, worker2, standbyWorker1, standbyCoordinator, coordinator } = sandbox.nodes;
const addressIn = ({ host, port }: { host: string; port: number }) => ({ clusterId, host, port });

async function memberAt({ host, port }: { host: string; port: number }): Promise<ClusterNode> {
  const node = (await listNodes(target)).find((candidate) => candidate.host === host && candidate.port === port);
  if (!node) throw new Error(`${host}:${port} is no member`);
  return node;
}

async function refusalOf(address: { host: string; port: number }): Promise<string | null> {
  const { notes } = await addNode.prepare(target, addressIn(address));
  return notes.find((note) => note.tone === "bad")?.text ?? null;
}

async function startOver(): Promise<void> {
  stopCollectors();
  await closePools();
  await sandbox.reset();
}

beforeAll(async () => {
  vi.stubEnv("CITUS_URL", sandbox.url("owner"));
  await startOver();
});

afterAll(async () => {
  await startOver();
  await closePools();
});

test("the spare is added, and what it will get later is said", async () => {
  const { prepared, run } = await doChange(addNode, target, addressIn(spare));
  expect(prepared.notes.map((note) => note.text).join("\n")).toContain("1 reference table (public.countries)");
  expect(run).toMatchObject({ state: "succeeded", effect: { seen: true } });
  expect(await memberAt(spare)).toMatchObject({ isActive: true, mayHoldShards: true, role: "primary" });
});

test("an address that is in the cluster already is refused, where Citus would return its id and say nothing", async () => {
  expect(await refusalOf(spare)).toContain("is in the cluster already");
  expect(await refusalOf(coordinator)).toContain("is the coordinator of this cluster");
});

test("a member under another name is recognised by its identity", async () => {
  expect(await refusalOf({ host: "localhost", port: worker1.port })).toContain(
    `under the address ${addressOf(worker1)}`,
  );
  expect(await refusalOf({ host: "localhost", port: coordinator.port })).toContain("is the coordinator itself");
});

test("a node is closed for shards and opened again", async () => {
  const { id: nodeId } = await memberAt(spare);
  expect((await doChange(closeNode, target, { clusterId, nodeId })).run?.effect?.seen).toBe(true);
  expect((await memberAt(spare)).mayHoldShards).toBe(false);
  expect((await doChange(closeNode, target, { clusterId, nodeId })).refusal).toContain("closed for new shards already");
  expect((await doChange(openNode, target, { clusterId, nodeId })).run?.effect?.seen).toBe(true);
  expect((await memberAt(spare)).mayHoldShards).toBe(true);
});

test("a node is disabled and activated, and stays what it was", async () => {
  const before = await memberAt(spare);
  const input = { clusterId, nodeId: before.id };
  expect((await doChange(disableNode, target, input)).run).toMatchObject({
    state: "succeeded",
    effect: { seen: true },
  });
  expect(await refusalOf(spare)).toContain("Activate it instead");
  expect((await doChange(activateNode, target, input)).run).toMatchObject({
    state: "succeeded",
    effect: { seen: true },
  });
  expect(await memberAt(spare)).toEqual(before);
});

test("a worker that holds the only copy of shards is neither disabled nor removed", async () => {
  const { id: nodeId } = await memberAt(worker2);
  for (const change of [disableNode, removeNode]) {
    const { refusal, run } = await doChange(change, target, { clusterId, nodeId });
    expect(refusal).toMatch(/^It holds the only copy of \d+ shards\. Drain it first\.$/);
    expect(run).toBeNull();
  }
});

test("a table without replica identity is named before mode auto would refuse the whole drain", async () => {
  const { id: nodeId } = await memberAt(worker2);
  const { refusal } = await doChange(drainNode, target, { clusterId, nodeId, mode: "auto" as const });
  expect(refusal).toContain("public.no_pk has neither primary key nor replica identity");
  expect((await memberAt(worker2)).mayHoldShards).toBe(true);
});

/** One shard group on the spare is enough to drain; a whole worker would take minutes on a slow machine. */
async function giveOneShardTo({ host, port }: { host: string; port: number }): Promise<void> {
  await sandbox.query("select replicate_reference_tables('block_writes')");
  await sandbox.query(
    `select citus_move_shard_placement(s.shardid, n.nodename, n.nodeport, $1, $2, 'block_writes')
       from pg_dist_shard s join pg_dist_placement p using (shardid) join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
      where s.logicalrelid = 'no_pk'::regclass order by s.shardid limit 1`,
    [host, port],
  );
}

test("a worker is drained, removed, and comes back empty", async () => {
  await giveOneShardTo(spare);
  const worker = await memberAt(spare);
  const input = { clusterId, nodeId: worker.id };
  const drained = await doChange(drainNode, target, { ...input, mode: "block_writes" as const });
  expect(drained.prepared.typed).toBe(addressOf(spare));
  expect(drained.run?.jobId).toBeGreaterThan(0);
  expect(drained.run?.effect).toEqual({
    seen: true,
    sentence: `${addressOf(spare)} holds no shard that could move. It can be removed.`,
  });
  expect((await memberAt(spare)).mayHoldShards).toBe(false);
  expect((await doChange(drainNode, target, { ...input, mode: "block_writes" as const })).refusal).toContain(
    "It can be removed",
  );

  const removed = await doChange(removeNode, target, input);
  expect(removed.prepared.typed).toBe(addressOf(spare));
  expect(removed.run).toMatchObject({ state: "succeeded", effect: { seen: true } });

  const { prepared, run } = await doChange(addNode, target, addressIn(spare));
  expect(prepared.notes.map((note) => note.text)).toContain("It was part of this cluster before.");
  expect(run?.effect?.seen).toBe(true);
  expect((await memberAt(spare)).id).not.toBe(worker.id);
}, 120_000);

test("a standby is refused as a worker and as the secondary of another primary, and accepted under its own", async () => {
  expect(await refusalOf(standbyWorker1)).toContain("is a standby");
  const { id: ofWorker1 } = await memberAt(worker1);
  const { id: ofSpare } = await memberAt(spare);
  const under = (primaryId: typeof ofWorker1, address: { host: string; port: number }) =>
    doChange(addSecondary, target, { ...addressIn(address), primaryId });

  expect((await under(ofSpare, standbyWorker1)).refusal).toContain(`but not of ${addressOf(spare)}`);
  expect((await under(ofWorker1, standbyCoordinator)).refusal).toContain(`but not of ${addressOf(worker1)}`);
  const { run } = await under(ofWorker1, standbyWorker1);
  expect(run).toMatchObject({ state: "succeeded", effect: { seen: true } });

  const secondary = await memberAt(standbyWorker1);
  expect(secondary).toMatchObject({ role: "secondary", groupId: (await memberAt(worker1)).groupId });
  expect((await doChange(removeNode, target, { clusterId, nodeId: ofWorker1 })).refusal).toContain("Remove that first");
  expect((await doChange(removeNode, target, { clusterId, nodeId: secondary.id })).run?.effect?.seen).toBe(true);
});

test("a server that is no standby is not registered as a secondary, though Citus would", async () => {
  const { id: nodeId } = await memberAt(spare);
  expect((await doChange(removeNode, target, { clusterId, nodeId })).run?.effect?.seen).toBe(true);
  const { id: primaryId } = await memberAt(worker1);
  const { refusal } = await doChange(addSecondary, target, { ...addressIn(spare), primaryId });
  expect(refusal).toContain("is no standby");
});

test("each way not to be reached has its own sentence", async () => {
  expect(await refusalOf({ host: "127.0.0.1", port: 1 })).toBe("Nothing listens at 127.0.0.1:1.");
  expect(await refusalOf({ host: "no-such-host.invalid", port: 5432 })).toContain("is not known here");
});

/** A database of its own on coordinator and spare, each a cluster by itself: there the coordinator is not registered yet. */
async function withOwnDatabase(
  use: (there: Target, prepare: Record<"database" | "extension", () => Promise<unknown>>) => Promise<void>,
) {
  const there = { ...target, clusterId: clusterIdSchema.parse("elsewhere"), database: "elsewhere" };
  const create = (address?: typeof spare) =>
    onPool(there, "ops", address, "test", (client) => client.query("create extension if not exists citus"));
  const drop = "drop database if exists elsewhere with (force)";
  await sandbox.query("create database elsewhere");
  try {
    await create();
    await use(there, {
      database: () => sandbox.query("create database elsewhere", [], { node: "spare" }),
      extension: () => create(spare),
    });
  } finally {
    stopCollectors();
    await closePools();
    await sandbox.query(drop, [], { node: "spare" });
    await sandbox.query(drop);
  }
}

test("a server without the database, and one whose database lacks the extension, are told apart", async () => {
  await withOwnDatabase(async (there, prepare) => {
    const sentence = async () =>
      (await doChange(addNode, there, { ...addressIn(spare), clusterId: there.clusterId })).refusal;
    expect(await sentence()).toContain('has no database "elsewhere"');
    await prepare.database();
    expect(await sentence()).toContain("lacks the extension citus");
  });
});

test("a coordinator that is not registered, or as localhost, is named before a worker is added, and then set", async () => {
  await withOwnDatabase(async (there, prepare) => {
    await prepare.database();
    await prepare.extension();
    const input = { ...addressIn(spare), clusterId: there.clusterId };
    const { notes } = await addNode.prepare(there, input);
    expect(notes.filter((note) => note.tone === "warn").map((note) => note.text)).toEqual([
      "The coordinator is not registered.",
    ]);

    await onPool(there, "ops", undefined, "test", (client) =>
      client.query("select citus_set_coordinator_host('localhost')"),
    );
    expect((await doChange(addNode, there, input)).refusal).toContain("Set the coordinator's host first");

    const host = { clusterId: there.clusterId, host: coordinator.host, port: coordinator.port };
    expect((await doChange(setCoordinatorHost, there, host)).run?.effect).toEqual({
      seen: true,
      sentence: `pg_dist_node has the coordinator under ${addressOf(coordinator)}.`,
    });
    expect((await doChange(addNode, there, input)).run?.effect?.seen).toBe(true);
    const worker = (await listNodes(there)).find((node) => node.port === spare.port);
    if (!worker) throw new Error("the spare is no member");
    expect(
      (await doChange(removeNode, there, { clusterId: there.clusterId, nodeId: worker.id })).run?.effect?.seen,
    ).toBe(true);
  });
});

test("the coordinator is not registered under an address that leads to another server, or nowhere", async () => {
  const attempt = (address: { host: string; port: number }) => doChange(setCoordinatorHost, target, addressIn(address));
  expect((await attempt({ host: "127.0.0.1", port: 1 })).refusal).toContain("Nothing listens");
  expect((await attempt(spare)).refusal).toContain("leads to another server");
  expect((await attempt(worker1)).refusal).toContain("Give the coordinator's own");
  expect((await attempt({ host: "localhost", port: coordinator.port })).refusal).toContain("find itself");
  expect((await attempt(coordinator)).refusal).toContain("already");
});

test("a drain that is stopped midway says what is left, and the node is opened again: the way back", async () => {
  const { id: nodeId } = await memberAt(worker2);
  const draining = doChange(drainNode, target, { clusterId, nodeId, mode: "force_logical" as const });
  await vi.waitUntil(async () => (await listJobs(target)).some(isJobOpen), { timeout: 30_000, interval: 100 });
  const second = await doChange(drainNode, target, { clusterId, nodeId, mode: "force_logical" as const });
  expect(second.refusal).toMatch(/^Job \d+ is under way\./);
  await sandbox.query("select citus_rebalance_stop()");

  const { run } = await draining;
  expect(run?.effect?.seen).toBe(false);
  expect(run?.effect?.sentence).toMatch(
    /^Job \d+ is cancelled with \d+ of \d+ moves done\. .* still holds \d+ shard groups? and stays closed\./,
  );
  expect((await memberAt(worker2)).mayHoldShards).toBe(false);
  expect((await doChange(openNode, target, { clusterId, nodeId })).run?.effect?.seen).toBe(true);
}, 120_000);

test("a login that may only read is told which right it lacks, and nothing is sent", async () => {
  const { asReadLogin } = testCluster();
  await closePools(); // pools are kept by cluster: the owner's would be used on
  const added = await doChange(addNode, asReadLogin, addressIn(spare));
  expect(added.run).toBeNull();
  const { notes } = await addNode.prepare(asReadLogin, addressIn(spare));
  expect(notes.map((note) => note.text).join("\n")).toContain("is no superuser");
  expect((await listNodes(target)).some((node) => node.port === spare.port)).toBe(false);
});
