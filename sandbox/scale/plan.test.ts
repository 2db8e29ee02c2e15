import fc from "fast-check";
import { expect, test } from "vitest";
import { planTables } from "./plan.ts";

const seeds = fc.record({
  shards: fc.integer({ min: 1, max: 200_000 }),
  tables: fc.integer({ min: 1, max: 1_000 }),
  shape: fc.constantFrom("mixed" as const, "alone" as const, "together" as const),
});

test("however many tables are asked for, they hold exactly the shards asked for, at least one each", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const tables = planTables(seed);
      expect(tables.reduce((sum, { shardCount }) => sum + shardCount, 0)).toBe(seed.shards);
      expect(Math.min(...tables.map(({ shardCount }) => shardCount))).toBeGreaterThan(0);
    }),
  );
});

test("colocated tables have the same number of shards", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const groups = Map.groupBy(planTables(seed), ({ group }) => group);
      const differ = [...groups.values()].filter(
        (tables) => new Set(tables.map(({ shardCount }) => shardCount)).size > 1,
      );
      expect(differ).toEqual([]);
    }),
  );
});

test("the shapes are what they are for: many groups of one shard, few groups of many, and both", () => {
  const groups = (shape: "mixed" | "alone" | "together") =>
    new Map(planTables({ shards: 101_250, shape }).map(({ group, shardCount }) => [group, shardCount]));
  const shardGroups = (shape: "mixed" | "alone" | "together") => [...groups(shape).values()].reduce((a, b) => a + b, 0);
  expect(shardGroups("alone")).toBe(101_250);
  expect(groups("together").size).toBe(2);
  expect(shardGroups("mixed")).toBeGreaterThan(50_000);
  expect(shardGroups("mixed")).toBeLessThan(60_000);
});
