import { expect, test } from "vitest";
import { aColumn, aForeignKey, aKey, aPlainTable, someSurroundings } from "@/lib/testing/tables";
import { columnOptions, mayBeDistributed, recommendedChoice, targetsFor } from "./distribute-recommend";

const around = someSurroundings();

test("a foreign key to a distributed table's column decides column and company", () => {
  const table = aPlainTable({
    columns: [aColumn("id"), aColumn("buyer")],
    keys: [],
    foreignKeys: [
      aForeignKey("fk", { columns: ["buyer"], otherOid: 1, otherKind: "distributed", otherColumns: ["customer_id"] }),
    ],
  });
  expect(recommendedChoice(table, around)).toEqual({
    column: "buyer",
    colocateWith: { kind: "table", oid: 1 },
    shardCount: null,
  });
  expect(columnOptions(table, around)[0]?.reasons[0]).toMatch(/foreign key to public\.customers/);
});

test("the name by which others are distributed comes before the key", () => {
  const table = aPlainTable({
    columns: [aColumn("id"), aColumn("customer_id")],
    keys: [aKey("k", ["id", "customer_id"])],
  });
  expect(recommendedChoice(table, around)?.column).toBe("customer_id");
});

test("without any tie it is a column of every key, beside whom Citus would put it", () => {
  const table = aPlainTable({
    columns: [aColumn("at", { plainType: "date" }), aColumn("k")],
    keys: [aKey("p", ["at", "k"])],
  });
  expect(recommendedChoice(table, around)).toEqual({
    column: "k",
    colocateWith: { kind: "default" },
    shardCount: null,
  });
});

test("a column missing in a key is no choice, and without any choice that is said at once", () => {
  const table = aPlainTable({ columns: [aColumn("a"), aColumn("b")], keys: [aKey("x", ["a"]), aKey("y", ["b"])] });
  expect(recommendedChoice(table, around)).toBeNull();
  expect(mayBeDistributed(table)).toMatchObject({ allowed: false, because: expect.stringMatching(/No column can be/) });
});

test("only tables of equal type and collation are offered as company", () => {
  const names = (plainType: string, collation: string | null) =>
    targetsFor(aPlainTable(), aColumn("c", { plainType, collation }), around).map((target) => target.name);
  expect(names("bigint", null)).toEqual(["public.customers", "public.orders"]);
  expect(names("text", "pg_catalog.default")).toEqual(["public.names"]);
  expect(names("text", "pg_catalog.C")).toEqual([]);
});

test("a boolean and a time are doubted, not refused", () => {
  const table = aPlainTable({
    keys: [],
    columns: [aColumn("flag", { plainType: "boolean" }), aColumn("at", { plainType: "timestamp with time zone" })],
  });
  const options = columnOptions(table, around);
  expect(options.every((option) => option.verdict.allowed && option.doubts.length === 1)).toBe(true);
});
