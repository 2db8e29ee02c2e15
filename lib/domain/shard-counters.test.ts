import { expect, test } from "vitest";
import { activityBetween } from "./shard-counters";

const before = { shardIds: [1, 2, 3, 4], oids: [11, 12, 13, 14], reads: [10, 10, 10, 10], writes: [0, 100, 5, 5] };

test("a rate is what was counted in between, by the seconds in between", () => {
  const now = { shardIds: [1, 2], oids: [11, 12], reads: [40, 10], writes: [1, 103] };
  expect(activityBetween(before, now, 15)).toEqual({
    seconds: 15,
    shardIds: [1, 2],
    reads: [2, 0],
    writes: [0.0667, 0.2],
  });
});

test("a counter that was set back, another relation, and a shard that was not there before are unknown and never negative", () => {
  const now = { shardIds: [2, 3, 5], oids: [12, 99, 15], reads: [3, 50, 7], writes: [101, 60, 7] };
  const { reads, writes } = activityBetween(before, now, 10);
  expect(reads).toEqual([null, null, null]);
  expect(writes).toEqual([0.1, null, null]);
});
