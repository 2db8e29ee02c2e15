import { expect, test } from "vitest";
import type { ClusterSnapshot, SnapshotShard } from "./cluster-snapshot";
import { planSnapshot } from "./snapshot-plan";

const nodes = (count: number): ClusterSnapshot["nodes"] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, host: `n${index + 1}`, port: 5432 }));
const shards = (...nodeIds: number[]): SnapshotShard[] => nodeIds.map((nodeId, index) => ({ id: index + 1, nodeId }));
const byCount = { strategy: "by_shard_count" } as const;
const bySize = { strategy: "by_disk_size" } as const;

test("without shards, and with one node, nothing moves and nothing is warned of", () => {
  expect(planSnapshot({ nodes: nodes(2), shards: [] }, bySize)).toMatchObject({ answer: { moves: [] }, warnings: [] });
  const alone = planSnapshot({ nodes: nodes(1), shards: shards(1, 1) }, byCount);
  expect(alone.answer).toEqual({
    moves: [],
    before: [{ nodeId: 1, shardGroups: 2, bytes: 0, cost: 2, utilization: 2 }],
    after: [{ nodeId: 1, shardGroups: 2, bytes: 0, cost: 2, utilization: 2 }],
  });
});

test("shards of one group are one move, with the lowest id and the sum of the bytes", () => {
  const group = { colocationGroup: 3, shardGroup: "a", nodeId: 1 };
  const snapshot = {
    nodes: nodes(2),
    shards: [
      { id: 20, bytes: 5e9, ...group },
      { id: 10, bytes: 3e9, ...group },
      { id: 30, bytes: 6e9, colocationGroup: 3, nodeId: 1 },
    ],
  };
  const { answer } = planSnapshot(snapshot, bySize);
  expect(answer.moves).toEqual([{ shardId: 10, from: 1, to: 2, bytes: 8e9 }]);
  expect(answer.after).toMatchObject([
    { shardGroups: 1, bytes: 6e9, cost: 6e9 + 104_857_600 },
    { shardGroups: 1, bytes: 8e9, cost: 8e9 + 104_857_600 },
  ]);
});

test("each colocation group is balanced by itself, a missing one is the common one, and 1 is not the text 1", () => {
  const of = (colocationGroup: number | string | undefined, first: number) =>
    [0, 1].map((index) => ({
      id: first + index,
      nodeId: 1,
      ...(colocationGroup !== undefined && { colocationGroup }),
    }));
  const snapshot = { nodes: nodes(2), shards: [...of(1, 10), ...of("1", 20), ...of(undefined, 30)] };
  expect(planSnapshot(snapshot, byCount).answer.moves.map((move) => move.shardId)).toEqual([10, 20, 30]);
});

test("groups come in the order of the file, not of their names", () => {
  const snapshot = {
    nodes: nodes(2),
    shards: [9, 9, 2, 2].map((colocationGroup, index) => ({ id: 50 - index, nodeId: 1, colocationGroup })),
  };
  expect(planSnapshot(snapshot, byCount).answer.moves.map((move) => move.shardId)).toEqual([49, 47]);
});

test("a given cost wins over the strategy; a group costs what its members say together, and where none says anything what the strategy says", () => {
  const snapshot: ClusterSnapshot = {
    nodes: nodes(2),
    shards: [
      { id: 1, nodeId: 1, cost: 7, shardGroup: 1 },
      { id: 2, nodeId: 1, bytes: 5e9, shardGroup: 1 },
      { id: 3, nodeId: 1, bytes: 1000 },
    ],
  };
  const { answer } = planSnapshot(snapshot, { ...bySize, maxMoves: 0 });
  expect(answer.before[0]).toMatchObject({ shardGroups: 2, cost: 7 + 1000 + 104_857_600, bytes: 5e9 + 1000 });
});

test("a group may not be where one of its members may not", () => {
  const snapshot = {
    nodes: [{ id: 1, host: "a", port: 1, disallowedShards: [12] }, ...nodes(3).slice(1)],
    shards: [11, 12].map((id) => ({ id, nodeId: 1, shardGroup: 1 })),
  };
  const { answer } = planSnapshot(snapshot, { ...byCount, drainOnly: true });
  expect(answer.moves).toEqual([{ shardId: 11, from: 1, to: 2, bytes: 0 }]);
});

test("a node without capacity is emptied, but not by draining; it has no utilization", () => {
  const snapshot = { nodes: [{ id: 1, host: "a", port: 1, capacity: 0 }, ...nodes(2).slice(1)], shards: shards(1, 1) };
  expect(planSnapshot(snapshot, { ...byCount, drainOnly: true }).answer.moves).toEqual([]);
  const { answer } = planSnapshot(snapshot, byCount);
  expect(answer.moves).toHaveLength(2);
  expect(answer.before[0]?.utilization).toBeNull();
});

test("where no node may hold shards everything stays, and the warning names it", () => {
  const closed = nodes(2).map((node) => ({ ...node, shouldHaveShards: false }));
  const { answer, warnings } = planSnapshot({ nodes: closed, shards: shards(1) }, byCount);
  expect(answer.moves).toEqual([]);
  expect(warnings).toEqual(["Nowhere to go, so it stays where it may not be: shard 1 on node 1."]);
});

test("a threshold below the strategy's least is raised to it, with a warning", () => {
  const { warnings } = planSnapshot({ nodes: nodes(2), shards: [] }, { ...bySize, threshold: 0 });
  expect(warnings).toEqual(["by_disk_size allows no threshold below 0.01: it is used instead of 0."]);
});

test("placements without bytes are counted in a warning, unless bytes play no part", () => {
  const snapshot = { nodes: nodes(1), shards: shards(1, 1) };
  expect(planSnapshot(snapshot, byCount).warnings).toEqual([]);
  expect(planSnapshot(snapshot, bySize).warnings).toEqual([
    "2 placements of 2 say no bytes and no cost: their bytes count as 0.",
  ]);
});

test("two placements of a shard are two, and go their own ways", () => {
  const copies = [1, 2].map((nodeId) => ({ id: 5, nodeId, bytes: 10 }));
  const open = nodes(3).map((node) => ({ ...node, shouldHaveShards: node.id !== 1 }));
  const { answer } = planSnapshot({ nodes: open, shards: copies }, bySize);
  expect(answer.moves).toEqual([{ shardId: 5, from: 1, to: 3, bytes: 10 }]);
  expect(answer.after.map((node) => node.shardGroups)).toEqual([0, 1, 1]);
});

test("a group that is not together is said, and what is together moves as one", () => {
  const snapshot = {
    nodes: nodes(2),
    shards: [
      { id: 1, nodeId: 1, shardGroup: 1 },
      { id: 2, nodeId: 2, shardGroup: 1 },
    ],
  };
  expect(planSnapshot(snapshot, byCount).warnings).toEqual([
    "The shards of the group of shard 1 are not on the same nodes: on each node those that are there move as one.",
  ]);
});

test("the end at the most moves, and moves that gain too little, are said", () => {
  const three = { nodes: nodes(2), shards: shards(1, 1, 1, 1) };
  expect(planSnapshot(three, { ...byCount, maxMoves: 1 }).warnings).toEqual([
    "Stopped at the most moves that are allowed, before there was nothing more to move.",
  ]);
  const uneven = {
    nodes: nodes(2),
    shards: [100, 90, 80].map((cost, index) => ({ id: index, nodeId: index < 2 ? 1 : 2, cost })),
  };
  expect(planSnapshot(uneven, bySize).warnings).toEqual([
    "Moves that would gain less than the improvement threshold of 0.5 were left out.",
  ]);
});
