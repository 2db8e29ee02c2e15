import { expect, test } from "vitest";
import { readShardView, type ShardView, writeShardView } from "./shard-view";

const chosen: ShardView = {
  filter: "orders 55166",
  node: 0,
  column: "colocation 1",
  rows: "shards",
  sort: "range",
  direction: "ascending",
  colour: "activity",
  draw: "pixels",
  zoom: 13.5,
  at: "3:102019:0.5:-0.25",
  group: 102_019,
  table: "customers",
  key: "48213",
};

test("an address holds everything that can be chosen, and reads as it was written", () => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(writeShardView(chosen))) params.set(name, value ?? "missing");
  expect(readShardView(params)).toEqual(chosen);
});

test("what an address names wrongly is as if it had not been chosen", () => {
  const view = readShardView(new URLSearchParams("zoom=-1&colour=red&group=x&sort=&draw=3d"));
  expect(view).toEqual(readShardView(new URLSearchParams()));
  expect(Object.values(writeShardView(view)).every((value) => value === null)).toBe(true);
});
