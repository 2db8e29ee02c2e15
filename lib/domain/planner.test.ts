import fc from "fast-check";
import { expect, test } from "vitest";
import { type PlannerGroup, type PlannerNode, planMoves } from "./planner";

const COUNT = { threshold: 0, improvementThreshold: 0 };
const nodes = (...open: boolean[]): PlannerNode[] =>
  open.map((mayHoldShards, index) => ({ id: index + 1, mayHoldShards }));

/** `counts[i]` shards of cost 1 on node i + 1, numbered from 1. */
function spread(counts: readonly number[], cost = 1): PlannerGroup {
  let shardId = 0;
  return counts.flatMap((count, index) =>
    Array.from({ length: count }, () => ({ shardId: ++shardId, nodeId: index + 1, cost })),
  );
}

function countsAfter(group: PlannerGroup, moves: ReturnType<typeof planMoves>, nodeCount: number): number[] {
  const at = new Map(group.map((one) => [one.shardId, one.nodeId]));
  for (const move of moves) at.set(move.shardId, move.to);
  return Array.from({ length: nodeCount }, (_, index) => [...at.values()].filter((id) => id === index + 1).length);
}

test("an empty node gets its share, the lowest shard of the fullest node first", () => {
  const group = spread([4, 4, 4, 0]);
  const moves = planMoves(nodes(true, true, true, true), [group], COUNT);
  expect(countsAfter(group, moves, 4)).toEqual([3, 3, 3, 3]);
  expect(moves[0]).toEqual({ shardId: 9, from: 3, to: 4 });
});

test("a closed node is emptied before anything is balanced, and only that when draining", () => {
  const group = spread([6, 2, 4]);
  const moves = planMoves(nodes(true, true, false), [group], { ...COUNT, drainOnly: true });
  expect(moves.every((move) => move.from === 3)).toBe(true);
  expect(countsAfter(group, moves, 3)).toEqual([6, 6, 0]);
});

test("where no node is open nothing moves", () => {
  expect(planMoves(nodes(false, false), [spread([3, 3])], COUNT)).toEqual([]);
});

test("within the threshold a node is left alone", () => {
  const group = spread([21, 20, 19]);
  expect(planMoves(nodes(true, true, true), [group], { threshold: 0.1, improvementThreshold: 0.5 })).toEqual([]);
});

test("no more moves than are allowed", () => {
  expect(planMoves(nodes(true, true), [spread([10, 0])], { ...COUNT, maxMoves: 2 })).toHaveLength(2);
});

test("whatever the layout: each move starts where the shard is, ends on an open node, and equal shards end within one of each other", () => {
  const layouts = fc.record({
    counts: fc.array(fc.nat({ max: 12 }), { minLength: 2, maxLength: 6 }),
    open: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  });
  fc.assert(
    fc.property(layouts, ({ counts, open }) => {
      const cluster = nodes(...counts.map((_, index) => open[index] ?? true));
      const group = spread(counts);
      const at = new Map(group.map((one) => [one.shardId, one.nodeId]));
      const moves = planMoves(cluster, [group], COUNT);
      for (const { shardId, from, to } of moves) {
        expect(at.get(shardId)).toBe(from);
        expect(cluster[to - 1]?.mayHoldShards).toBe(true);
        at.set(shardId, to);
      }
      const after = countsAfter(group, moves, counts.length).filter((_, index) => cluster[index]?.mayHoldShards);
      if (after.length > 0) expect(Math.max(...after) - Math.min(...after)).toBeLessThanOrEqual(1);
    }),
  );
});
