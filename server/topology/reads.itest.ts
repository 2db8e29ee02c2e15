import { afterAll, expect, test } from "vitest";
import { shardsOf } from "@/lib/domain/shard-columns";
import { readHealth } from "@/server/health/reads";
import { listNodes } from "@/server/nodes/reads";
import { closePools } from "@/server/pg/pools";
import { readSizes } from "@/server/sizes/reads";
import { testCluster } from "@/server/testing/cluster";
import { readTopology } from "./reads";

afterAll(closePools);

test("the pg_monitor login reads health, nodes, topology and sizes", async () => {
  const { asReadLogin } = testCluster();
  const health = await readHealth(asReadLogin);
  expect(health.isSuperuser).toBe(false);
  expect(health.capabilities.rebalanceStart).toBe(true);

  const nodes = await listNodes(asReadLogin);
  expect(nodes.filter((node) => node.groupId > 0)).toHaveLength(3);

  const topology = await readTopology(asReadLogin);
  expect(topology.tables.map((table) => table.name)).toContain("orders");

  const sizes = await readSizes(asReadLogin);
  expect(sizes.answers.every((answer) => answer.ok)).toBe(true);
  const known = new Set(sizes.answers.flatMap((answer) => (answer.ok ? [...answer.value.shardIds] : [])));
  expect(shardsOf(topology.shards).filter((shard) => shard.groupIds.length > 0 && !known.has(shard.id))).toEqual([]);
});
