import { afterAll, beforeAll, expect, test } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import { shardsOf } from "@/lib/domain/shard-columns";
import { listNodes } from "@/server/nodes/reads";
import { closePools } from "@/server/pg/pools";
import { readSizes } from "@/server/sizes/reads";
import { testCluster } from "@/server/testing/cluster";
import { listTables, readTopology } from "@/server/topology/reads";
import { readExactShards } from "./exact";

afterAll(closePools);

const { sandbox, target, ...others } = testCluster();
// Pools are kept by cluster id: under the same one the second login would run on the first one's connections.
const asReadLogin = { ...others.asReadLogin, clusterId: clusterIdSchema.parse("sandbox-read") };
let orders = { kind: "table" as const, tableOid: 0 };

beforeAll(async () => {
  const table = (await listTables(target)).find((candidate) => candidate.name === "orders");
  orders = { kind: "table", tableOid: table?.oid ?? 0 };
});

async function picture() {
  const [nodes, topology, sizes] = await Promise.all([listNodes(target), readTopology(target), readSizes(target)]);
  return clusterPicture(nodes, topology, sizes);
}

function worker2(nodes: Awaited<ReturnType<typeof listNodes>>) {
  const node = nodes.find((candidate) => candidate.port === sandbox.nodes.worker2.port);
  if (!node) throw new Error("worker 2 is not a node");
  return node;
}

test("Citus measures for one table what the console has measured, as either login", async () => {
  const seen = await picture();
  for (const login of [target, asReadLogin]) {
    const { shards, warnings } = await readExactShards(login, orders);
    expect(shards).toHaveLength(32);
    expect(warnings).toEqual([]);
    for (const shard of shards) {
      expect(shard.bytes).toBe(seen.sizes(shard.shardId, shard.groupId));
      expect(shard.name).toBe(`orders_${shard.shardId}`);
    }
  }
});

test("one node's shards are those of its group, each once", async () => {
  const seen = await picture();
  const node = worker2([...seen.nodes]);
  const { shards } = await readExactShards(target, { kind: "node", nodeId: node.id });
  const expected = shardsOf(seen.topology.shards)
    .filter((shard) => shard.groupIds.includes(node.groupId))
    .map((shard) => shard.id);
  expect(shards.map((shard) => shard.shardId)).toEqual(expected.sort((a, b) => a - b));
});

test("a stopped worker costs the sizes of its own shards only, in both ways of measuring", async () => {
  await sandbox.stop("worker2");
  try {
    const seen = await picture();
    const node = worker2([...seen.nodes]);
    expect(seen.silent.map((silent) => silent.id)).toEqual([node.id]);
    for (const group of seen.groups.filter((one) => one.kind === "distributed")) {
      expect(group.bytes === null).toBe(group.groupIds.includes(node.groupId));
    }
    const { shards, warnings } = await readExactShards(target, orders);
    expect(shards).toHaveLength(32);
    expect(warnings.join(" ")).toContain(String(node.port));
    for (const shard of shards) expect(shard.bytes === null).toBe(shard.groupId === node.groupId);
  } finally {
    await sandbox.start("worker2");
  }
});

test("a frozen worker costs the same, and no more than 4 s", async () => {
  await readExactShards(target, orders);
  sandbox.freeze("worker2");
  try {
    const started = performance.now();
    const [exact, seen] = await Promise.all([readExactShards(target, orders), picture()]);
    expect(performance.now() - started).toBeLessThan(4_000);
    const { groupId } = worker2([...seen.nodes]);
    for (const shard of exact.shards) expect(shard.bytes === null).toBe(shard.groupId === groupId);
    expect(seen.silent.map((silent) => silent.groupId)).toEqual([groupId]);
    expect(seen.groups.filter((one) => one.bytes !== null && one.kind === "distributed").length).toBeGreaterThan(0);
  } finally {
    sandbox.thaw("worker2");
  }
});
