import { describe, expect, test } from "vitest";
import { aColumn, aForeignKey, aPlainTable, someSurroundings } from "@/lib/testing/tables";
import { mayTruncateLocal } from "./distribute-leftover";
import { mayBecomeReference } from "./distribute-reference";
import { roomNote } from "./distribute-sentences";
import { mayUndistribute } from "./distribute-undo";
import { connectedWith } from "./table-ties";

const around = someSurroundings();
const because = ({ verdict }: { verdict: { allowed: true } | { allowed: false; because: string } }) =>
  verdict.allowed ? "allowed" : verdict.because;

describe("undistributing", () => {
  const table = aPlainTable({ citusKind: "distributed" });
  const undo = (over: Partial<typeof table>, cascade = false, relatives: (typeof table)[] = []) =>
    because(mayUndistribute({ table: { ...table, ...over }, relatives, cascade }, around));

  test("a plain table was never distributed, a partition and a schema's table do not come back alone", () => {
    expect(undo({})).toBe("allowed");
    expect(undo({ citusKind: "plain" })).toMatch(/never distributed/);
    expect(undo({ parent: { name: "public.p", isPartitioned: true } })).toMatch(/Undistribute public\.p\./);
    expect(undo({ citusKind: "schema", schema: "tenant" })).toMatch(/citus_schema_undistribute\('tenant'\)/);
  });

  test("an identity column keeps it where it is, also in a table that would be taken along", () => {
    const withIdentity = { columns: [aColumn("id", { isIdentity: true })] };
    expect(undo(withIdentity)).toMatch(/public\.t\.id is an identity column/);
    const relative = { ...table, name: "u", ...withIdentity };
    expect(undo({ foreignKeys: [aForeignKey("fk")] }, true, [relative])).toMatch(/public\.u\.id/);
  });

  test("foreign keys are followed only when that was chosen", () => {
    const tied = { foreignKeys: [aForeignKey("fk", { otherKind: "reference" })] };
    expect(undo(tied)).toMatch(/^Foreign keys tie it to public\.r\./);
    expect(undo(tied, true)).toBe("allowed");
    expect(undo({ foreignKeys: [aForeignKey("fk", { otherOid: table.oid })] })).toMatch(/tie it to itself/);
  });

  test("more than what is free on the coordinator is a warning", () => {
    expect(roomNote(2 ** 30, 2 ** 29)).toMatchObject({ tone: "warn", detail: expect.stringMatching(/disk fills up/) });
    expect(roomNote(2 ** 29, 2 ** 30)).toEqual({
      tone: "info",
      text: "About 512 MB come back to the coordinator. 1.0 GB are free there.",
    });
    expect(roomNote(null, null).tone).toBe("warn");
  });
});

describe("reference tables", () => {
  const judge = (over: Partial<ReturnType<typeof aPlainTable>>, registered = true) =>
    mayBecomeReference(aPlainTable(over), someSurroundings({ coordinatorRegistered: registered }));

  test("plain tables tied to it join the metadata, if the coordinator is registered", () => {
    const tied = { foreignKeys: [aForeignKey("fk")] };
    expect(judge(tied).notes[0]?.text).toMatch(/public\.r is tied to it .* adds it to its metadata/);
    expect(because(judge(tied, false))).toMatch(/coordinator is not registered/);
    expect(because(judge({ referencedBy: [aForeignKey("fk")] }, false))).toBe("allowed");
  });

  test("a partitioned table, and a key to a distributed one, are refused", () => {
    expect(because(judge({ relationKind: "partitioned" }))).toMatch(/by hash only/);
    expect(because(judge({ foreignKeys: [aForeignKey("fk", { otherKind: "distributed" })] }))).toMatch(
      /distributed table public\.r/,
    );
    expect(because(judge({ foreignKeys: [aForeignKey("fk", { onDelete: "cascade" })] }))).toMatch(
      /NO ACTION and RESTRICT only/,
    );
  });
});

test("left-behind rows are removed only of Citus' tables, and not under a plain table's foreign key", () => {
  const judge = (over: Partial<ReturnType<typeof aPlainTable>>, bytes: number | null) =>
    because(mayTruncateLocal(aPlainTable({ citusKind: "distributed", ...over }), bytes, around));
  expect(judge({}, 8192)).toBe("allowed");
  expect(judge({}, null)).toBe("allowed");
  expect(judge({}, 0)).toMatch(/nothing to remove/);
  expect(judge({ citusKind: "plain" }, 8192)).toMatch(/the only ones/);
  expect(judge({ referencedBy: [aForeignKey("fk")] }, 8192)).toMatch(/plain table public\.r points to it/);
});

test("ties are followed over any number of steps, in both directions, and end", () => {
  const ties = [
    { one: 1, other: 2 },
    { one: 3, other: 2 },
    { one: 3, other: 1 },
    { one: 8, other: 9 },
  ];
  expect(connectedWith(1, ties).sort()).toEqual([2, 3]);
  expect(connectedWith(5, ties)).toEqual([]);
});
