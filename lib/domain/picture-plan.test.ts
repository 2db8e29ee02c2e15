import { expect, test } from "vitest";
import { RECORDED_PLAN, recordedCluster } from "@/lib/testing/recorded-plan";
import { clusterPicture } from "./cluster-picture";
import { rebalancePlanOf } from "./picture-plan";
import { planSentence } from "./plan-sentence";

const MADE = { strategy: "by_disk_size", drainOnly: false, notices: [], tookMs: 20 };
const planOf = (picture = recordedCluster(), rows = RECORDED_PLAN) => rebalancePlanOf(rows, picture, MADE);
const LARGE_GROUP = 81_920 + 7_500_000 + 1_310_720;

test("the 32 rows of Citus' plan are 14 moves, colocated shards together and in Citus' order", () => {
  const { moves } = planOf();
  expect(moves).toHaveLength(14);
  expect(moves[0]).toMatchObject({
    shardIds: [102029, 102061, 102093],
    tables: ["customers", "orders", "order_items"],
  });
  expect(moves.at(-1)?.shardIds).toEqual([102121, 102262]);
});

test("bytes are the measured ones of all colocated shards; the plan's own are 0", () => {
  const plan = planOf();
  expect(plan.moves[0]?.bytes).toBe(LARGE_GROUP);
  expect(plan.bytes).toBe(8 * LARGE_GROUP + 4 * 2_048_000 + 2 * 16_384);
});

test("what leaves one node arrives at the other: groups and bytes are the same in sum", () => {
  const { nodes } = planOf();
  const sum = (of: (node: (typeof nodes)[number]) => number | null) =>
    nodes.reduce((total, node) => total + (of(node) ?? 0), 0);
  expect(sum((node) => node.groupsAfter)).toBe(sum((node) => node.groups));
  expect(sum((node) => node.bytesAfter)).toBe(sum((node) => node.bytes));
  expect(nodes.at(-1)).toMatchObject({ groups: 0, groupsAfter: 14, bytes: 0 });
});

test("the plan says how far the busiest node is above the mean, now and after", () => {
  const plan = planOf();
  expect(plan.busiestAfter ?? 1).toBeLessThan(plan.busiest ?? 0);
  const sentence = planSentence(plan, recordedCluster().names);
  expect(sentence).toBe("Busiest node: +39 % of the mean now, 0 % after. Nodes then hold 12 to 14 shard groups.");
});

test("only tables of groups that move, and without replica identity, stand in the way of mode auto", () => {
  expect(planOf().tablesWithoutIdentity).toEqual(["public.no_pk", "public.t_alt"]);
  const withoutNoPk = RECORDED_PLAN.filter(({ shardId }) => shardId < 102121);
  expect(planOf(recordedCluster(), withoutNoPk).tablesWithoutIdentity).toEqual([]);
});

test("a partitioned parent without replica identity does not stand in the way: it holds no rows", () => {
  const { nodes, topology } = recordedCluster();
  const tables = topology.tables.map((table) => (table.name === "no_pk" ? { ...table, isPartitioned: true } : table));
  const picture = clusterPicture(nodes, { ...topology, tables }, null);
  expect(planOf(picture).tablesWithoutIdentity).toEqual(["public.t_alt"]);
});

test("a source that did not report its sizes leaves the sum unknown, not small", () => {
  const plan = planOf(recordedCluster({ silent: [2] }));
  expect(plan.bytes).toBeNull();
  expect(plan.moves.some((move) => move.bytes === null)).toBe(true);
  expect(plan.moves.some((move) => move.bytes === LARGE_GROUP)).toBe(true);
  expect(plan.busiest).toBeNull();
});

test("an empty plan says that there is nothing to do", () => {
  const plan = planOf(recordedCluster(), []);
  expect(plan).toMatchObject({ moves: [], bytes: 0, tablesWithoutIdentity: [] });
  expect(planSentence(plan, new Map())).toBe("Already balanced by this strategy.");
});
