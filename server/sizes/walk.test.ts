import { expect, test, vi } from "vitest";
import type { FromNode } from "@/lib/domain/from-node";
import { nodeIdSchema } from "@/lib/domain/node";
import { type NodeSizes, nodeSizes } from "@/lib/domain/sizes";
import type { SizesSlice, SliceAsked } from "@/server/sql/sizes";
import { type Asks, nextLimit, walkNode } from "./walk";

const nodeId = nodeIdSchema.parse(2);
const problem = { code: "node_unreachable" as const, detail: "silent", traceId: "t" };
const refusal: FromNode<SizesSlice> = { nodeId, ok: false, problem, tookMs: 3_000 };

/** A node with shards 1 to `count`, of as many bytes as their number. Its estimates are ten times too high. */
function aNode(count: number, tookMs: (limit: number) => number = () => 10) {
  const answer = ({ after, limit }: SliceAsked, factor: number): FromNode<SizesSlice> => {
    const last = Math.min(count, after + limit);
    const rows = Array.from(
      { length: last - after },
      (_, index) => [after + index + 1, (after + index + 1) * factor] as const,
    );
    const sizes = nodeSizes(rows);
    if (factor !== 1) sizes.isExact.fill(0);
    return {
      nodeId,
      ok: true,
      by: "direct",
      tookMs: tookMs(limit),
      value: { sizes, last, isEnd: last - after < limit },
    };
  };
  return {
    measure: vi.fn(async (slice: SliceAsked) => answer(slice, 1)),
    estimate: vi.fn(async (slice: SliceAsked) => answer(slice, 10)),
  } satisfies Asks;
}

const bytesOf = (answer: FromNode<NodeSizes>) => (answer.ok ? [...answer.value.bytes] : []);

test("a node with few shards is asked one thing", async () => {
  const node = aNode(40);
  const answer = await walkNode(node, null, () => {});
  expect(bytesOf(answer)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(node.measure).toHaveBeenCalledTimes(1);
  expect(node.estimate).not.toHaveBeenCalled();
});

test("a large node is shown whole from the first slice on: what is not measured yet is estimated, and marked as that", async () => {
  const node = aNode(6_000);
  const shown: NodeSizes[] = [];
  const answer = await walkNode(node, null, (part) => part.ok && shown.push(part.value));
  expect(shown.length).toBeGreaterThan(2);
  let measured = 0;
  for (const part of shown) {
    expect(part.shardIds).toHaveLength(6_000);
    const exact = part.isExact.filter((one) => one === 1).length;
    expect(exact).toBeGreaterThan(measured);
    measured = exact;
    expect(part.bytes.every((bytes, index) => bytes === (index + 1) * (part.isExact[index] === 1 ? 1 : 10))).toBe(true);
  }
  expect(bytesOf(answer)).toEqual(Array.from({ length: 6_000 }, (_, index) => index + 1));
  expect(answer.ok && answer.value.isExact.every((one) => one === 1)).toBe(true);
});

test("the second time what was measured before stands until it is measured again, and nothing is estimated", async () => {
  const node = aNode(2_000);
  const before = nodeSizes(Array.from({ length: 2_000 }, (_, index) => [index + 1, 7] as const));
  const shown: NodeSizes[] = [];
  await walkNode(node, before, (part) => part.ok && shown.push(part.value));
  expect(node.estimate).not.toHaveBeenCalled();
  expect([...(shown[0]?.bytes ?? [])].slice(248, 252)).toEqual([249, 250, 7, 7]);
});

test("a node that stops answering in the middle has no sizes, and says why", async () => {
  const node = aNode(2_000);
  node.measure
    .mockImplementationOnce(node.measure.getMockImplementation() ?? (async () => refusal))
    .mockResolvedValueOnce(refusal);
  expect(await walkNode(node, null, () => {})).toMatchObject({ ok: false, problem: { code: "node_unreachable" } });
});

test("estimates that fail cost nothing but themselves", async () => {
  const node = aNode(2_000);
  node.estimate.mockResolvedValue(refusal);
  const shown: FromNode<NodeSizes>[] = [];
  const answer = await walkNode(node, null, (part) => shown.push(part));
  expect(bytesOf(shown[0] ?? answer)).toHaveLength(250);
  expect(bytesOf(answer)).toHaveLength(2_000);
});

test("slices grow on a quick node and shrink on a slow one, so that none is long", async () => {
  const slow = aNode(10_000, (limit) => limit * 2);
  await walkNode(slow, null);
  const limits = slow.measure.mock.calls.map(([{ limit }]) => limit);
  expect(limits[0]).toBe(250);
  expect(limits.slice(1).every((limit) => limit === 125)).toBe(true);
  expect(nextLimit(500, 1)).toBe(2_000);
  expect(nextLimit(20_000, 1)).toBe(20_000);
  expect(nextLimit(100, 3_000)).toBe(100);
});
