import { describe, expect, test } from "vitest";
import { type Shard, shardColumns, shardsOf } from "@/lib/domain/shard-columns";
import { sumOfPlacements, withPlaced } from "./placed-since";

const shard = (id: number, groupIds: readonly number[]): Shard => ({ id, tableOid: 1, min: null, max: null, groupIds });
const BEFORE = [shard(102_008, [1, 2]), shard(102_009, [1]), shard(102_010, [3])];
/** In the catalogs there may be placements of shards that no table has any more. */
const STRAY = 4_711;
const known = { shards: shardColumns(BEFORE), sum: STRAY + sumOfPlacements(shardColumns(BEFORE)) };
const placed = (rows: readonly Shard[]) => ({
  ids: Float64Array.from(rows.flatMap(({ id, groupIds }) => groupIds.map(() => id))),
  group_ids: Float64Array.from(rows.flatMap(({ groupIds }) => groupIds)),
});
const answer = (changed: readonly Shard[], now: readonly Shard[]) => ({
  ...placed(changed),
  sum: STRAY + sumOfPlacements(shardColumns(now)),
});

describe("shards that were placed anew", () => {
  test.each([
    ["one moved", [shard(102_009, [3])]],
    ["one has a copy more", [shard(102_009, [1, 2])]],
    ["one has a copy less and another one more", [shard(102_008, [2]), shard(102_010, [1, 3])]],
  ])("%s: the rest stays as it was", (_, changed) => {
    const now = BEFORE.map((one) => changed.find(({ id }) => id === one.id) ?? one);
    const next = withPlaced(known, answer(changed, now));
    expect(next && shardsOf(next)).toEqual(now);
    expect(shardsOf(known.shards)).toEqual(BEFORE);
  });

  test("a shard that is not known calls for everything", () => {
    const born = shard(102_011, [2]);
    expect(withPlaced(known, answer([born], [...BEFORE, born]))).toBeNull();
  });

  test("a placement that went without a new one calls for everything, though their number is the same", () => {
    const moved = shard(102_009, [1, 3]);
    const now = [shard(102_008, [2]), moved, shard(102_010, [3])];
    expect(withPlaced(known, answer([moved], now))).toBeNull();
  });
});
