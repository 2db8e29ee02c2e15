import fc from "fast-check";
import { expect, test } from "vitest";
import { type Shard, shardColumns, shardsOf } from "@/lib/domain/shard-columns";
import { readShards } from "@/server/sql/topology";
import { columnsOf } from "./columns";

const columnsIn = (row: object) => columnsOf(readShards.row.parse(row));

const int4 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const shard: fc.Arbitrary<Shard> = fc.record({
  id: fc.integer({ min: 1, max: 10_000 }),
  tableOid: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  min: int4,
  max: int4,
  groupIds: fc.uniqueArray(fc.integer({ min: 0, max: 300 }), { maxLength: 3 }),
});
const shards = fc
  .uniqueArray(fc.tuple(shard, fc.boolean()), { selector: ([one]) => one.id, maxLength: 40 })
  .map((rows) => rows.map(([row, hasRange]) => (hasRange ? row : { ...row, min: null, max: null })));

test("words in the place of numbers are no layout", () => {
  expect(readShards.row.safeParse({ ...rowOf([]), mins: "a,b" }).success).toBe(false);
});

/** The answer of the catalogs about these shards. */
function rowOf(rows: readonly Shard[]) {
  const sorted = rows.toSorted((a, b) => a.id - b.id);
  const placed = sorted.flatMap(({ id, groupIds }) => groupIds.map((group) => [id, group]));
  return {
    ids: sorted.map(({ id }) => id).join(),
    table_oids: sorted.map(({ tableOid }) => tableOid).join(),
    mins: sorted.map(({ min }) => min ?? "").join(),
    maxs: sorted.map(({ max }) => max ?? "").join(),
    placed_ids: placed.map(([id]) => id).join(),
    group_ids: placed.map(([, group]) => group).join(),
    sum: "",
  };
}

test("columns made of the catalogs' lists are the columns of the same shards", () => {
  fc.assert(
    fc.property(shards, (rows) => {
      expect(columnsIn(rowOf(rows))).toEqual(shardColumns(rows));
    }),
  );
});

test("a placement of a shard that no table has is left out", () => {
  const rows = [1, 3].map((id) => ({ id, tableOid: 1, min: null, max: null, groupIds: [id] }));
  const row = { ...rowOf(rows), placed_ids: "0,1,2,3,4", group_ids: "0,1,2,3,4" };
  expect(shardsOf(columnsIn(row))).toEqual(rows);
});

test.each([
  ["lists of different lengths", { table_oids: "1" }],
  ["placements without a node group", { group_ids: "1" }],
  ["placements out of order", { placed_ids: "2,1" }],
  ["shards out of order", { ids: "2,1" }],
])("%s are no layout", (_, wrong) => {
  const row = rowOf([1, 2].map((id) => ({ id, tableOid: 1, min: 0, max: 1, groupIds: [1] })));
  expect(() => columnsIn({ ...row, ...wrong })).toThrow(expect.objectContaining({ code: "unexpected_row" }));
});
