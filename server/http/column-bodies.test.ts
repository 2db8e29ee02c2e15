import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { decodeColumns } from "@/lib/domain/layout-codec";
import type { Content } from "@/lib/domain/live";
import { shardColumns, shardsOf } from "@/lib/domain/shard-columns";
import { shardDelta } from "@/lib/domain/shard-delta";
import type { Topology } from "@/lib/domain/topology";
import { aTable, aTopology, hashShards } from "@/lib/testing/layout";
import { createBodies } from "./column-bodies";

const SHARDS = 100_000;
const table = aTable(16_384, "orders");
/** Shards anywhere on a hundred nodes: nothing for the compression to find. */
const large = aTopology(
  [table],
  hashShards(table, 102_008, SHARDS, (index) => 1 + (((index * 2_654_435_761) % 4_294_967_296) % 100)),
);

function content(version: string, data: Topology): Content<Topology> {
  return { version, data, problem: null };
}

function shardsIn({ data }: Content<Topology>) {
  return data?.shards ?? shardColumns([]);
}

/** The same layout with every 500th shard on another node: 200 moves. */
function moved(): Topology {
  const shards = shardsOf(large.shards);
  return {
    ...large,
    shards: shardColumns(shards.map((one, index) => (index % 500 === 0 ? { ...one, groupIds: [101] } : one))),
  };
}

test("P3: 100,000 shards are at most 500 kB, and 200 that moved at most 5 kB", { timeout: 30_000 }, async () => {
  const bodies = createBodies("topology");
  const whole = await bodies.answer(content("1", large), null);
  expect(whole.bytes.length).toBeLessThan(500_000);
  const difference = await bodies.answer(content("2", moved()), "1");
  expect(difference.bytes.length).toBeLessThan(5_000);

  const first = decodeColumns("topology", gunzipSync(whole.bytes));
  const second = decodeColumns("topology", gunzipSync(difference.bytes), first);
  const { removed, rows, moved: elsewhere } = shardDelta(shardsIn(second), moved().shards);
  expect([removed.length, rows.count, elsewhere.length]).toEqual([0, 0, 0]);
  expect(shardDelta(shardsIn(first), shardsIn(second)).moved).toHaveLength(200);
});

test("however many ask, each answer is made and compressed once", async () => {
  let made = 0;
  const bodies = createBodies("topology", async (bytes) => {
    made += 1;
    return bytes;
  });
  const small = aTopology([table], []);
  await bodies.answer(content("1", small), null);
  const ask = () => bodies.answer(content("2", small), "1");
  const all = await Promise.all(Array.from({ length: 200 }, ask));
  expect(made).toBe(2);
  expect(new Set(all.map(({ bytes }) => bytes)).size).toBe(1);
  await bodies.answer(content("2", small), null);
  expect(made).toBe(3);
});

test("a version that is not known any more gets the whole, and a late asker the newest", async () => {
  const bodies = createBodies("topology");
  const small = aTopology([table], []);
  for (const version of ["1", "2", "3", "4"]) await bodies.answer(content(version, small), null);
  const forgotten = await bodies.answer(content("4", small), "1");
  expect(decodeColumns("topology", gunzipSync(forgotten.bytes))).toEqual(content("4", small));
  const known = await bodies.answer(content("4", small), "3");
  expect(() => decodeColumns("topology", gunzipSync(known.bytes))).toThrow("version 3");
  expect((await bodies.answer(content("3", small), null)).version).toBe("4");
});

test("what differs from the reading before goes along with the news where it is little, and not where it is much", () => {
  const bodies = createBodies("topology");
  expect(bodies.step(content("1", large))).toBeNull();
  const step = bodies.step(content("2", moved()));
  expect(step?.since).toBe("1");
  const bytes = Buffer.from(step?.columns ?? "", "base64");
  expect(bytes.length).toBeLessThan(3_000);
  const second = decodeColumns("topology", bytes, content("1", large));
  expect(shardDelta(shardsIn(second), moved().shards).moved).toHaveLength(0);
  const renamed = {
    ...moved(),
    tables: Array.from({ length: 200 }, (_, index) => aTable(20_000 + index, `t_${index}`)),
  };
  expect(bodies.step(content("3", renamed))).toBeNull();
});

test("nothing goes along with news that is older than what was told", () => {
  const bodies = createBodies("topology");
  for (const version of ["1", "2"]) bodies.step(content(version, large));
  expect(bodies.step(content("1", large))).toBeNull();
});
