import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aTable, aTopology, aWorker, hashShards, someSizes } from "@/lib/testing/layout";
import { aPlainTable } from "@/lib/testing/tables";
import { clusterPicture } from "./cluster-picture";
import type { Shard } from "./shard-columns";
import { tableRows } from "./table-rows";
import { identitySentence, leftoverSentence, tablesLine } from "./table-sentences";
import { countByFilter, TABLE_SORTS, type TableView, viewedRows } from "./table-view";
import type { CitusTable } from "./topology";

const NODES = [aWorker(0), aWorker(1), aWorker(2), aWorker(3)];

function rowsOf(tables: CitusTable[], shards: Shard[], bytesOf: (shard: Shard) => number, silent: typeof NODES = []) {
  const topology = aTopology(tables, shards);
  const sizes = someSizes(NODES, topology, bytesOf, silent);
  return tableRows(clusterPicture(NODES, topology, sizes), { tables: [], leftovers: [], rows: [] });
}

describe("measures", () => {
  const orders = aTable(1, "orders");
  const shards = hashShards(orders, 10, 4, (index) => 1 + (index % 3));

  test("bytes are the sum, skew is the largest shard over the median", () => {
    const [row] = rowsOf([orders], shards, (shard) => (shard.id === 13 ? 300 : 100));
    expect(row).toMatchObject({ shards: 4, bytes: 600, isPartial: false, largestToMedian: 3 });
    expect(row?.measure?.shares.map((share) => [share.nodeId, share.shards])).toEqual([
      [2, 2],
      [3, 1],
      [4, 1],
    ]);
  });

  test("a silent node makes the sum partial and the skew unknown, never zero", () => {
    const [row] = rowsOf([orders], shards, () => 100, [aWorker(2)]);
    expect(row).toMatchObject({ shards: 4, bytes: 300, isPartial: true, largestToMedian: null });
    const [none] = rowsOf([orders], shards, () => 100, NODES);
    expect(none?.bytes).toBeNull();
  });

  test("a reference table counts one copy", () => {
    const countries = aTable(2, "countries", { kind: "reference", distributionColumn: null, replicaIdentity: "none" });
    const everywhere: Shard = { id: 5, tableOid: 2, min: null, max: null, groupIds: [0, 1, 2, 3] };
    const [row] = rowsOf([countries], [everywhere], () => 64);
    expect(row).toMatchObject({
      shards: 1,
      bytes: 64,
      colocationId: null,
      largestToMedian: null,
      lacksIdentity: false,
    });
    expect(row?.measure?.shares).toHaveLength(4);
  });

  test("partitions are part of their parent: its shards, their bytes, and what one of them lacks", () => {
    const parent = aTable(1, "events", { isPartitioned: true, replicaIdentity: "none" });
    const parts = [2, 3].map((oid) =>
      aTable(oid, `p${oid}`, { partitionOf: 1, replicaIdentity: oid === 3 ? "none" : "primary-key" }),
    );
    const all = [parent, ...parts].flatMap((table) => hashShards(table, table.oid * 100, 4, () => 1));
    const rows = rowsOf([parent, ...parts], all, (shard) => (shard.tableOid === 1 ? 0 : 50));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ name: "events", partitionCount: 2, shards: 4, bytes: 400, lacksIdentity: true });
  });
});

describe("the list", () => {
  const tables = [
    aTable(1, "orders"),
    aTable(2, "no_pk", { replicaIdentity: "none", colocationId: 4, distributionColumn: "a" }),
    aTable(3, "countries", { kind: "reference", distributionColumn: null, colocationId: 9 }),
  ];
  const picture = clusterPicture(
    NODES,
    aTopology(
      tables,
      tables.flatMap((table) => hashShards(table, table.oid * 100, 2, () => 1)),
    ),
    null,
  );
  const rows = tableRows(picture, {
    tables: [aPlainTable({ name: "devices" })],
    leftovers: [
      { oid: 1, bytes: 8192 },
      { oid: 2, bytes: 0 },
    ],
    rows: [
      { oid: 1, rows: 60_000 },
      { oid: 2, rows: null },
    ],
  });
  const view: TableView = { text: "", filter: "all", sort: "name", direction: "ascending", selected: null };
  const names = (over: Partial<TableView>) => viewedRows(rows, { ...view, ...over }).map((row) => row.name);

  test("plain tables stand beside Citus' own", () => {
    expect(names({})).toEqual(["countries", "devices", "no_pk", "orders"]);
    expect(countByFilter(rows)).toMatchObject({ all: 4, distributed: 2, reference: 1, plain: 1, local: 0 });
    expect(tablesLine(rows)).toBe("3 tables in Citus, 1 plain");
  });

  test("a filter seeks all its words in name, column and owner", () => {
    expect(names({ text: "ORD" })).toEqual(["orders"]);
    expect(names({ text: "public customer_id" })).toEqual(["orders"]);
    expect(names({ text: "zzz" })).toEqual([]);
    expect(names({ filter: "plain", text: "dev" })).toEqual(["devices"]);
  });

  test("what is unknown stands last in both directions", () => {
    expect(names({ sort: "rows", direction: "descending" })[0]).toBe("orders");
    expect(names({ sort: "rows", direction: "ascending" }).slice(-2)).toEqual(["countries", "no_pk"]);
    expect(names({ sort: "rows", direction: "descending" }).slice(-2)).toEqual(["countries", "no_pk"]);
  });

  test("no sort loses or doubles a row", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TABLE_SORTS),
        fc.constantFrom("ascending" as const, "descending" as const),
        (sort, direction) => {
          expect(names({ sort, direction }).sort()).toEqual(["countries", "devices", "no_pk", "orders"]);
        },
      ),
    );
  });

  test("what needs a hand is said by name", () => {
    expect(identitySentence(rows)).toMatch(/^public\.no_pk has neither primary key nor replica identity/);
    expect(leftoverSentence(rows)).toMatch(/^8 kB of rows .* public\.orders\.$/);
    expect(identitySentence([])).toBeNull();
    expect(leftoverSentence([])).toBeNull();
  });
});
