import { describe, expect, test } from "vitest";
import { aPicture } from "@/lib/testing/layout";
import type { FromNode } from "./from-node";
import { heatOf, heatStep, type NodeActivity, totalRate } from "./shard-activity";

const picture = aPicture();
const { primaries, groups } = picture;
const [, first, second, third] = primaries;
const group = groups.find((one) => one.groupIds.join() === "1" && one.shardIds.length === 2);
if (!first || !second || !third || !group) throw new Error("the picture has three workers and a group of two shards");

type Value = Partial<Pick<NodeActivity, "reads" | "writes" | "seconds">>;
const told = (over: Value = {}): FromNode<NodeActivity> => ({
  nodeId: first.id,
  ok: true,
  by: "direct",
  tookMs: 1,
  value: { seconds: 15, shardIds: [...group.shardIds], reads: [1, 2], writes: [3, 4], ...over },
});
const refused: FromNode<NodeActivity> = {
  nodeId: second.id,
  ok: false,
  tookMs: 1,
  problem: { code: "node_unreachable", detail: "connection refused", traceId: "t" },
};
const heat = (...answers: FromNode<NodeActivity>[]) => heatOf({ answers }, picture);

describe("how busy a group is", () => {
  test("is the sum of its shards on the node that was asked", () => {
    const known = heat(told());
    expect(known.rateOf(group, 1)).toEqual({ readsPerSecond: 3, writesPerSecond: 7 });
    const place = picture.groupColumns.placeStarts[groups.indexOf(group)] ?? -1;
    expect([known.byPlace[place], known.most, known.seconds]).toEqual([10, 10, 15]);
    expect(totalRate(known, group)).toEqual({ readsPerSecond: 3, writesPerSecond: 7 });
  });

  test("is unknown, not nothing, where one shard's rate is not known, and on a node that did not tell", () => {
    expect(heat(told({ writes: [3, null] })).rateOf(group, 1)).toBeNull();
    const known = heat(told(), refused);
    expect([known.rateOf(group, 2), known.silent]).toEqual([null, [second]]);
  });

  test("needs two readings", () => {
    const known = heat(told({ seconds: null, reads: [], writes: [] }), refused);
    expect([known.rateOf(group, 1), known.isFirstReading]).toEqual([null, true]);
    expect(heat(told()).isFirstReading).toBe(false);
  });
});

test("nothing is the coldest step, the busiest the hottest, and each step is three times busier than the one before", () => {
  expect([0, 900, 301, 299, 101, 34, 12, 1].map((rate) => heatStep(rate, 900))).toEqual([1, 7, 7, 6, 6, 5, 4, 2]);
  expect(heatStep(0, 0)).toBe(1);
});
