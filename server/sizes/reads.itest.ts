import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { shardsOf } from "@/lib/domain/shard-columns";
import type { NodeSizes, Sizes } from "@/lib/domain/sizes";
import { listNodes } from "@/server/nodes/reads";
import { askDirectly } from "@/server/pg/ask-nodes";
import { closePools } from "@/server/pg/pools";
import { estimateShards, measureShards } from "@/server/sql/sizes";
import { testCluster } from "@/server/testing/cluster";
import { readTopology } from "@/server/topology/reads";
import { readSizes } from "./reads";
import { WHOLE } from "./walk";

const { sandbox, asReadLogin } = testCluster();
beforeAll(() => sandbox.reset());
afterEach(() => sandbox.thaw("worker3"));
afterAll(async () => {
  await sandbox.reset();
  await closePools();
});

async function nodeAt(port: number) {
  const node = (await listNodes(asReadLogin)).find((one) => one.port === port);
  if (!node) throw new Error(`no node at port ${port}`);
  return node;
}

const pairs = ({ shardIds, bytes }: NodeSizes) => [...shardIds].map((id, index) => [id, bytes[index]]);

test("slices put together are what one statement says, whatever their length", async () => {
  const node = await nodeAt(sandbox.nodes.worker1.port);
  const whole = await askDirectly(asReadLogin, node, measureShards(WHOLE));
  if (!whole.ok) throw new Error(whole.problem.detail);
  expect(whole.value.isEnd).toBe(true);
  const found: (number | undefined)[][] = [];
  for (let after = 0; ; ) {
    const slice = await askDirectly(asReadLogin, node, measureShards({ after, limit: 7 }));
    if (!slice.ok) throw new Error(slice.problem.detail);
    found.push(...pairs(slice.value.sizes));
    if (slice.value.isEnd) break;
    after = slice.value.last;
  }
  expect(found).toEqual(pairs(whole.value.sizes));
});

test("after VACUUM an estimate is near the measure, and marked as one; before it nothing is said", async () => {
  const node = await nodeAt(sandbox.nodes.worker1.port);
  await sandbox.query("create table public.estimated (id bigint primary key, note text)");
  await sandbox.query("select create_distributed_table('public.estimated', 'id')");
  const shards = async () => {
    const [topology, answer] = [
      await readTopology(asReadLogin),
      await askDirectly(asReadLogin, node, estimateShards(WHOLE)),
    ];
    if (!answer.ok) throw new Error(answer.problem.detail);
    const oid = topology.tables.find(({ name }) => name === "estimated")?.oid;
    const own = new Set(shardsOf(topology.shards).flatMap(({ id, tableOid }) => (tableOid === oid ? [id] : [])));
    expect(answer.value.sizes.isExact.every((one) => one === 0)).toBe(true);
    return { own, known: pairs(answer.value.sizes).filter(([id]) => own.has(id ?? 0)) };
  };
  expect((await shards()).known).toEqual([]);
  await sandbox.query("vacuum analyze", [], { node: "worker1" });
  const { known } = await shards();
  expect(known.length).toBeGreaterThan(0);
  const measured = await askDirectly(asReadLogin, node, measureShards(WHOLE));
  const exact = new Map(measured.ok ? pairs(measured.value.sizes).map(([id, bytes]) => [id, bytes]) : []);
  // Free space maps and the like are in no catalog.
  for (const [id = 0, bytes = 0] of known) expect(Math.abs(bytes - (exact.get(id) ?? 0))).toBeLessThanOrEqual(5 * 8192);
});

test("P10: of a frozen worker only its own sizes are missing, and the others' are shown before its time is over", async () => {
  const last = await readSizes(asReadLogin);
  sandbox.freeze("worker3");
  const shown: { sizes: Sizes; afterMs: number }[] = [];
  const began = performance.now();
  const publish = (sizes: Sizes) => shown.push({ sizes, afterMs: performance.now() - began });
  const first = await readSizes(asReadLogin, { publish });
  const silent = await nodeAt(sandbox.nodes.worker3.port);
  const failedIn = ({ answers }: Sizes) => answers.filter((answer) => !answer.ok).map(({ nodeId }) => nodeId);
  expect(failedIn(first)).toEqual([silent.id]);
  expect(failedIn(shown[0]?.sizes ?? first)).toEqual([silent.id]);
  expect(shown[0]?.afterMs).toBeLessThan(3_000);
  // The next time, until its time is over, it keeps what it said before.
  shown.length = 0;
  const next = await readSizes(asReadLogin, { last, publish });
  expect(failedIn(shown[0]?.sizes ?? next)).toEqual([]);
  expect(failedIn(next)).toEqual([silent.id]);
});

test("a registered secondary doubles no shard: neither in the layout nor in the sizes", async () => {
  const before = await readTopology(asReadLogin);
  const { port } = sandbox.nodes.worker1;
  const spare = sandbox.nodes.spare;
  await sandbox.query("select pg_catalog.citus_add_secondary_node($1, $2, '127.0.0.1', $3)", [
    spare.host,
    spare.port,
    port,
  ]);
  const after = await readTopology(asReadLogin);
  expect(shardsOf(after.shards)).toEqual(shardsOf(before.shards));
  const sizes = await readSizes(asReadLogin);
  expect(sizes.answers.every((answer) => answer.ok)).toBe(true);
  const secondary = (await listNodes(asReadLogin)).find(({ role }) => role === "secondary");
  expect(secondary).toBeDefined();
  expect(sizes.answers.map(({ nodeId }) => nodeId)).not.toContain(secondary?.id);
  const told = sizes.answers.flatMap((answer) => (answer.ok ? [...answer.value.shardIds] : []));
  const placements = shardsOf(after.shards).flatMap(({ id, groupIds }) => groupIds.map(() => id));
  expect(told.toSorted((a, b) => a - b)).toEqual(placements);
});
