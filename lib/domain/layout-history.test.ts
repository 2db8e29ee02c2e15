import fc from "fast-check";
import { expect, test } from "vitest";
import { aTable, aWorker } from "@/lib/testing/layout";
import { decodeLayout, encodeLayout } from "./kept-layout";
import { applied, changeBetween, type Layout, type LayoutChange } from "./layout-history";
import { type Shard, shardColumns } from "./shard-columns";
import { nodeSizes } from "./sizes";

const int4 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const groups = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 4 });
const shard: fc.Arbitrary<Shard> = fc
  .record({
    id: fc.integer({ min: 1, max: 40 }),
    tableOid: fc.constantFrom(1, 2, 4_294_967_295),
    range: fc.option(fc.tuple(int4, int4)),
    groupIds: groups,
  })
  .map(({ id, tableOid, range, groupIds }) => {
    const [min, max] = range ? range.toSorted((a, b) => a - b) : [null, null];
    return { id, tableOid, min: min ?? null, max: max ?? null, groupIds: groupIds.toSorted((a, b) => a - b) };
  });
const table = fc
  .record({ oid: fc.integer({ min: 1, max: 6 }), name: fc.constantFrom("a", "b", "c"), colocationId: fc.nat(3) })
  .map(({ oid, name, colocationId }) => aTable(oid, name, { colocationId }));
const node = fc.record({ groupId: fc.nat(5), port: fc.constantFrom(5432, 5433) }).map(({ groupId, port }) => {
  const { placementCount: _, ...rest } = aWorker(groupId, { port });
  return rest;
});
const layout: fc.Arbitrary<Layout> = fc.record({
  nodes: fc.uniqueArray(node, { selector: ({ id }) => id }),
  tables: fc
    .uniqueArray(table, { selector: ({ oid }) => oid })
    .map((all) => all.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.oid - b.oid))),
  colocationGroups: fc
    .uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 4 }), shardCount: fc.nat(4) }), { selector: ({ id }) => id })
    .map((all) =>
      all
        .toSorted((a, b) => a.id - b.id)
        .map((one) => ({ ...one, replicationFactor: 1, distributionColumnType: "bigint" })),
    ),
  shards: fc.uniqueArray(shard, { selector: ({ id }) => id, maxLength: 30 }).map(shardColumns),
});

test("a layout and the changes since, one by one or all at once, are the layout that was read then", () => {
  fc.assert(
    fc.property(fc.array(layout, { minLength: 2, maxLength: 6 }), ([first, ...later]) => {
      if (!first) return;
      const changes: LayoutChange[] = [];
      let known = first;
      for (const next of later) {
        const change = changeBetween(known, next);
        if (change) changes.push(change);
        else expect(known).toEqual(next);
        known = applied(known, change ? [change] : []);
        expect(known).toEqual(next);
        expect(applied(first, changes)).toEqual(next);
      }
    }),
  );
});

test("the same layout is no change, and what is kept as JSON is the same change", () => {
  fc.assert(
    fc.property(layout, layout, (before, after) => {
      expect(changeBetween(before, before)).toBeNull();
      const change = changeBetween(before, after);
      if (change) expect(applied(before, [JSON.parse(JSON.stringify(change))])).toEqual(after);
    }),
  );
});

test("placements of a shard in another order are no change: a copy that went and came back is where it was", () => {
  const [one] = fc.sample(layout, { numRuns: 1, seed: 1 }) as [Layout];
  const on = (...groupIds: number[]) => shardColumns([{ id: 1, tableOid: 1, min: null, max: null, groupIds }]);
  expect(changeBetween({ ...one, shards: on(1, 2) }, { ...one, shards: on(2, 1) })).toEqual(changeBetween(one, one));
  expect(changeBetween({ ...one, shards: on(1, 2) }, { ...one, shards: on(1, 3) })).not.toEqual(
    changeBetween(one, one),
  );
});

test("what is kept of a layout is read back as it was, sizes too", () => {
  const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 40 }), fc.nat(2 ** 45)), { maxLength: 20 });
  fc.assert(
    fc.property(layout, fc.dictionary(fc.constantFrom("1", "2", "7"), sizes), (one, byNode) => {
      const kept = {
        layout: one,
        sizes: new Map(Object.entries(byNode).map(([nodeId, rows]) => [Number(nodeId), nodeSizes(rows)])),
        about: { measuredAt: 1_800_000_000_000, changedAt: null, unsureUntil: null },
      };
      expect(decodeLayout(encodeLayout(kept))).toEqual(kept);
    }),
  );
});

test("a kept layout that was cut off is refused, not read as less", () => {
  const kept = {
    layout: { nodes: [], tables: [], colocationGroups: [], shards: shardColumns([]) },
    sizes: new Map(),
    about: { measuredAt: null, changedAt: null, unsureUntil: null },
  };
  const bytes = encodeLayout(kept);
  for (const length of [0, 1, bytes.length - 1]) expect(() => decodeLayout(bytes.subarray(0, length))).toThrow();
});
