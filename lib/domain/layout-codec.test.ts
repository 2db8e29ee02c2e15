import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aTable, aWorker } from "@/lib/testing/layout";
import { groupColumns } from "./group-columns";
import { decodeColumns, encodeColumns } from "./layout-codec";
import type { Content } from "./live";
import { type Shard, shardColumns, shardsOf } from "./shard-columns";
import { placementSizesBy } from "./shard-sizes";
import { nodeSizes, type Sizes } from "./sizes";
import type { Topology } from "./topology";

const INT4 = { min: -(2 ** 31), max: 2 ** 31 - 1 };
const ids = fc.uniqueArray(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 40 })), {
  maxLength: 40,
});
const range = fc.option(fc.tuple(fc.integer(INT4), fc.integer(INT4)));
const groupIds = fc
  .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 4 })
  .map((all) => all.sort((a, b) => a - b));
const row = fc.record({ tableOid: fc.integer({ min: 1, max: 4 }), range, groupIds });
const layout = fc.tuple(ids, fc.array(row, { minLength: 40, maxLength: 40 }), fc.integer({ min: 0, max: 2 }));

/** Some shards irregular, and some tables cut as Citus cuts them. */
const topologies: fc.Arbitrary<Topology> = layout.map(([chosen, rows, regular]) => ({
  tables: [1, 2, 3, 4].map((oid) => aTable(oid, `t${oid}`)).slice(regular),
  colocationGroups: [{ id: 1, shardCount: 8, replicationFactor: 1, distributionColumnType: "bigint" }],
  shards: shardColumns([
    ...chosen.map((id, index): Shard => {
      const { tableOid, range: bounds, groupIds: where } = rows[index] ?? { tableOid: 1, range: null, groupIds: [] };
      return { id, tableOid, min: bounds?.[0] ?? null, max: bounds?.[1] ?? null, groupIds: where };
    }),
    ...cutByCitus(2 ** 41, 7, 6 + regular),
  ]),
}));

function cutByCitus(firstId: number, tableOid: number, count: number): Shard[] {
  const width = Math.floor(2 ** 32 / count);
  return Array.from({ length: count }, (_, index) => ({
    id: firstId + index,
    tableOid,
    min: INT4.min + index * width,
    max: index === count - 1 ? INT4.max : INT4.min + (index + 1) * width - 1,
    groupIds: [1 + (index % 3)],
  }));
}

const problem = { code: "node_unreachable" as const, detail: "connection refused", traceId: "t" };
const told = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.oneof(
      fc.nat(),
      fc.nat(2 ** 30).map((n) => n * 8192),
    ),
  ),
);
const sizes: fc.Arbitrary<Sizes> = fc
  .array(fc.option(fc.tuple(told, fc.boolean())), { maxLength: 5 })
  .map((answers) => ({
    answers: answers.map((one, index) => {
      const nodeId = aWorker(index).id;
      if (one === null) return { nodeId, ok: false as const, tookMs: 3, problem };
      const value = nodeSizes([...new Map(one[0])]);
      if (one[1]) value.isExact.fill(0);
      return { nodeId, ok: true as const, by: "direct" as const, tookMs: 2, value };
    }),
  }));

function content<T>(version: string, data: T | null): Content<T> {
  return { version, data, problem: null };
}

describe("for any layout and any sizes", () => {
  test("what is read is what was written", () => {
    fc.assert(
      fc.property(topologies, sizes, (topology, measured) => {
        const layoutContent = content("a", topology);
        expect(decodeColumns("topology", encodeColumns("topology", layoutContent))).toEqual(layoutContent);
        const sizesContent = { ...content("b", measured), problem, hiddenBecause: "no right" };
        expect(decodeColumns("sizes", encodeColumns("sizes", sizesContent))).toEqual(sizesContent);
      }),
    );
  });

  test("an earlier one with the difference laid over it is the later one", () => {
    fc.assert(
      fc.property(topologies, topologies, sizes, sizes, (from, to, sizesFrom, sizesTo) => {
        const [old, now] = [content("1", from), content("2", to)];
        expect(decodeColumns("topology", encodeColumns("topology", now, old), old)).toEqual(now);
        const [oldSizes, newSizes] = [content("1", sizesFrom), content("2", sizesTo)];
        expect(decodeColumns("sizes", encodeColumns("sizes", newSizes, oldSizes), oldSizes)).toEqual(newSizes);
      }),
    );
  });

  test("where shards only moved, the later one is right, and shares with the earlier one what did not change", () => {
    fc.assert(
      fc.property(topologies, fc.array(groupIds, { minLength: 60, maxLength: 60 }), (from, places) => {
        const shards = shardsOf(from.shards).map((one, index) =>
          index % 3 === 0 ? { ...one, groupIds: places[index] ?? [] } : one,
        );
        const [old, now] = [content("1", from), content("2", { ...from, shards: shardColumns(shards) })];
        const read = decodeColumns("topology", encodeColumns("topology", now, old), old).data;
        expect(read).toEqual(now.data);
        expect(read?.tables).toBe(from.tables);
        expect(read?.shards.mins).toBe(from.shards.mins);
        const fresh = decodeColumns("topology", encodeColumns("topology", now)).data;
        if (!read || !fresh) throw new Error("nothing was read");
        const groupsOf = (topology: Topology) =>
          groupColumns(
            topology,
            placementSizesBy(topology.shards, (id, groupId) => id + groupId),
          );
        groupsOf(from);
        expect(groupsOf(read)).toEqual(groupsOf(fresh));
      }),
    );
  });

  test("bytes that are cut off are refused, never read as less", () => {
    fc.assert(
      fc.property(topologies, fc.nat(), (topology, cut) => {
        const bytes = encodeColumns("topology", content("a", topology));
        expect(() => decodeColumns("topology", bytes.subarray(0, cut % bytes.length))).toThrow();
      }),
    );
  });
});

test("a difference to a version that is not here is refused", () => {
  const topology: Topology = { tables: [], colocationGroups: [], shards: shardColumns([]) };
  const bytes = encodeColumns("topology", content("2", topology), content("1", topology));
  expect(() => decodeColumns("topology", bytes, content("0", topology))).toThrow("version 1");
  expect(() => decodeColumns("topology", bytes)).toThrow("version 1");
});

test("what was never read says so, also over something that was", () => {
  const topology: Topology = { tables: [], colocationGroups: [], shards: shardColumns([]) };
  const never = { ...content<Topology>("2", null), problem };
  const before = content("1", topology);
  expect(decodeColumns("topology", encodeColumns("topology", never, before), before)).toEqual(never);
});

test("every text of JSON in an answer goes through the door that is given", () => {
  const topology: Topology = { tables: [aTable(1, "orders\u202e")], colocationGroups: [], shards: shardColumns([]) };
  const bytes = encodeColumns("topology", content("1", topology));
  const seen = decodeColumns("topology", bytes, null, (text) => JSON.parse(text.replaceAll("\u202e", "!")));
  expect(seen.data?.tables[0]?.name).toBe("orders!");
});
