import { describe, expect, test } from "vitest";
import { aPicture, aTable, aTopology, aWorker, someSizes } from "@/lib/testing/layout";
import { clusterPicture } from "./cluster-picture";
import { byteStep, groupsIn, mapColumns, median, timesMedian } from "./map-columns";

describe("the columns of the map", () => {
  test("a colocation group is a column with its tables; reference tables stand last", () => {
    const columns = mapColumns(aPicture());
    expect(columns.map(({ key, tables, note }) => [key, tables.join(), note])).toEqual([
      ["colocation 1", "customers,orders", "8 groups, bigint"],
      ["colocation 2", "events", "4 groups, bigint"],
      ["reference", "countries", "reference"],
    ]);
  });

  test("all distributed schemas share one column, however many there are", () => {
    const tables = [1, 2, 3].map((oid) =>
      aTable(oid, `t${oid}`, { kind: "schema", colocationId: oid + 10, schema: `tenant_${oid}` }),
    );
    const shards = tables.map(({ oid }) => ({ id: oid, tableOid: oid, min: null, max: null, groupIds: [1] }));
    const columns = mapColumns(clusterPicture([aWorker(1)], aTopology(tables, shards), null));
    expect(columns).toHaveLength(1);
    expect(columns[0]).toMatchObject({ colocationId: null, note: "3 distributed schemas" });
  });

  test("a column of equal groups has no largest", () => {
    const picture = aPicture();
    const measured = someSizes(picture.nodes, picture.topology, () => 5);
    const even = clusterPicture(picture.nodes, picture.topology, measured);
    expect(mapColumns(even).map((column) => column.largestId)).toEqual([null, null, null]);
    expect(mapColumns(picture)[0]?.largestId).not.toBeNull();
  });
});

test("the median is the middle one, or between the two middle ones", () => {
  expect([median([1, 5, 9]), median([1, 5, 7, 9]), median([])]).toEqual([5, 6, null]);
});

test("nothing is the lightest step, the median the middle, twice the median and more the darkest", () => {
  expect([0, 0.5, 1, 1.5, 2, 9].map(byteStep)).toEqual([1, 3, 4, 6, 7, 7]);
});

test("a group of unknown size is not compared", () => {
  const picture = aPicture({ silent: [2] });
  const [column] = mapColumns(picture);
  const unknown = column && groupsIn(picture, column).find((group) => group.bytes === null);
  expect(column && unknown && timesMedian(unknown, column)).toBeNull();
});
