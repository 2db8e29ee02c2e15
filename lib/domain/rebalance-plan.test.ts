import fc from "fast-check";
import { expect, test } from "vitest";
import { referenceMoves } from "../testing/reference-planner";
import {
  type PlannerGroup,
  type PlannerMove,
  type PlannerNode,
  type PlannerOptions,
  planMoves,
  planRebalance,
} from "./rebalance-plan";

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

/** Layouts in which everything that decides occurs: closed nodes, capacities, forbidden places, several groups, second copies, ties. */
const anyLayout = fc
  .record({
    nodes: fc.array(
      fc.record({
        mayHoldShards: fc.boolean(),
        capacity: fc.constantFrom(0, 0.1, 0.5, 1, 1, 1, 2, 3.7),
        disallowed: fc.array(fc.nat({ max: 40 }), { maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    groups: fc.array(
      fc.array(
        fc.record({
          nodes: fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 2 }),
          cost: fc.oneof(fc.nat({ max: 4 }), fc.double({ min: 0, max: 1e12, noNaN: true })),
        }),
        { maxLength: 40 },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    threshold: fc.constantFrom(0, 0.01, 0.1, 0.5, 1, 2),
    improvementThreshold: fc.constantFrom(0, 0.1, 0.5, 1, 3),
    maxMoves: fc.constantFrom(0, 1, 5, 200),
    drainOnly: fc.boolean(),
  })
  .map(({ nodes: drawn, groups, ...options }) => {
    const nodes = drawn.map((node, index) => ({ ...node, id: index + 1, disallowed: new Set(node.disallowed) }));
    let shardId = 0;
    const placed = groups.map((shards) =>
      shards.flatMap(({ nodes: wanted, cost }) => {
        shardId += 1;
        const places = new Set(wanted.map((index) => (index % nodes.length) + 1));
        return [...places].map((nodeId) => ({ shardId, nodeId, cost }));
      }),
    );
    return { nodes, groups: placed, options };
  });

test("whatever the layout: the moves are those of the algorithm as it is described, one for one and in order", () => {
  fc.assert(
    fc.property(anyLayout, ({ nodes, groups, options }) => {
      const lines = (moves: readonly PlannerMove[]) => moves.map(({ shardId, from, to }) => `${shardId} ${from} ${to}`);
      const expected = lines(referenceMoves(nodes, groups, options));
      expect(lines(planMoves(nodes, groups, options)).join()).toBe(expected.join());
    }),
    { numRuns: 500 },
  );
}, 60_000);

test("a shard that may be nowhere stays and is named", () => {
  const closed = [
    { id: 1, mayHoldShards: false },
    { id: 2, mayHoldShards: true, disallowed: new Set([1]) },
  ];
  const { moves, stuck } = planRebalance(closed, [spread([2])], COUNT);
  expect(moves).toEqual([{ shardId: 2, from: 1, to: 2 }]);
  expect(stuck).toEqual([{ shardId: 1, nodeId: 1 }]);
});

test("two copies of a shard never end on one node", () => {
  const group = [1, 2].map((nodeId) => ({ shardId: 7, nodeId, cost: 1 }));
  const cluster = nodes(false, true, true);
  expect(planMoves(cluster, [group], COUNT)).toEqual([{ shardId: 7, from: 1, to: 3 }]);
});

test("a node of double capacity gets twice as much", () => {
  const cluster = [
    { id: 1, mayHoldShards: true },
    { id: 2, mayHoldShards: true, capacity: 2 },
  ];
  const group = spread([9, 0]);
  expect(countsAfter(group, planMoves(cluster, [group], COUNT), 2)).toEqual([3, 6]);
});

test("an evacuation is not ended by the most moves; the search after it is, and says so", () => {
  const { moves, isCutShort } = planRebalance(nodes(false, true, true), [spread([4, 6, 0])], { ...COUNT, maxMoves: 3 });
  expect(moves).toHaveLength(4);
  expect(isCutShort).toBe(true);
});

test("a move that gains too little for its size is left out, and that is said", () => {
  const group = [
    { shardId: 1, nodeId: 1, cost: 100 },
    { shardId: 2, nodeId: 1, cost: 90 },
    { shardId: 3, nodeId: 2, cost: 80 },
  ];
  const options: PlannerOptions = { threshold: 0.1, improvementThreshold: 0.5 };
  expect(planRebalance(nodes(true, true), [group], options)).toMatchObject({ moves: [], hasIgnored: true });
  expect(planMoves(nodes(true, true), [group], { ...options, improvementThreshold: 0 })).not.toEqual([]);
});
