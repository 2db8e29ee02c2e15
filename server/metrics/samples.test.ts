import { expect, test } from "vitest";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import { shardColumns } from "@/lib/domain/shard-columns";
import { aTable, aTopology, aWorker, hashShards, someSizes } from "@/lib/testing/layout";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import type { Reader } from "@/server/live/reader";
import { samplesOf } from "./samples";

const nodes = [0, 1, 2].map((groupId) => aWorker(groupId));
const [, one, two] = nodes;
const events = aTable(1, "events", { isPartitioned: true });
const partition = aTable(2, "events_2026", { partitionOf: 1 });
const countries = aTable(3, "countries", { kind: "reference", colocationId: 2 });
const shards = [
  ...hashShards(events, 101, 2, (index) => 1 + index),
  ...hashShards(partition, 201, 2, (index) => 1 + index),
  { id: 301, tableOid: 3, min: null, max: null, groupIds: [0, 1, 2] },
];
const topology = aTopology([events, partition, countries], shards);

const snapshot = (data: unknown): Snapshot<unknown> => ({
  version: "1",
  data,
  ageMs: 0,
  tookMs: null,
  problem: null,
  failingForMs: null,
});
const reader = (): Reader => ({
  snapshot: () => snapshot(topology),
  watch: async () => undefined,
  refresh: async () => undefined,
  stop: () => undefined,
});
const valuesOf = (topic: TopicName, data: unknown, series: string) =>
  Object.fromEntries(
    samplesOf(topic, snapshot(data), reader)
      .filter((sample) => sample.series === series)
      .map(({ key, value }) => [key, value]),
  );

test("a table's bytes are those of one copy, with its partitions; a copy on every node is not three tables", () => {
  expect(shardColumns(shards).count).toBe(5);
  const sizes = someSizes(nodes, topology, ({ id }) => id * 1_000);
  expect(valuesOf("sizes", sizes, "table-bytes")).toEqual({
    "public.events": (101 + 102 + 201 + 202) * 1_000,
    "public.countries": 301_000,
  });
});

test("while a node is silent no table's bytes are written, and the nodes that told still are", () => {
  const sizes = someSizes(nodes, topology, () => 1_000, two ? [two] : []);
  expect(valuesOf("sizes", sizes, "table-bytes")).toEqual({});
  expect(Object.keys(valuesOf("sizes", sizes, "node-bytes"))).toEqual(nodes.slice(0, 2).map(({ id }) => String(id)));
});

test("a disk is written for nodes that told of it, and never as 0 for those that did not", () => {
  if (!one || !two) throw new Error("the test has two workers");
  const full = anAnswer(one);
  const answers = [full, noAnswer(two)];
  const free = valuesOf("node-facts", { answers }, "disk-free");
  expect(Object.keys(free)).toEqual([String(one.id)]);
  expect(free[String(one.id)]).toBe(full.ok ? full.value.diskFreeBytes : null);
});
