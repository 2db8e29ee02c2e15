import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aPicture, someSizes } from "@/lib/testing/layout";
import { shardRows } from "@/lib/testing/rows";
import { clusterPicture } from "./cluster-picture";
import { countEstimates } from "./shard-sizes";
import { readShardView, type ShardView, writeShardView } from "./shard-view";

const picture = aPicture();
const partial = aPicture({ silent: [2] });
const usual = readShardView(new URLSearchParams());

function rows(changes: Partial<ShardView> = {}, of = picture) {
  return shardRows(of, { ...usual, ...changes });
}

describe("the rows of the table", () => {
  test("groups or shards, each once", () => {
    expect(rows()).toHaveLength(13);
    expect(rows({ rows: "shards" })).toHaveLength(21);
    expect(rows({ rows: "shards" }).find((row) => row.id === 102016)?.shardName).toBe("orders_102016");
  });

  test("every word of the filter has to be found: id, table, node", () => {
    expect(rows({ filter: "events" }).map((row) => row.column.key)).toEqual(Array(4).fill("colocation 2"));
    expect(rows({ filter: "102008 CUSTOM" }).map((row) => row.id)).toEqual([102008]);
    expect(rows({ filter: ":55166 orders" })).toHaveLength(3);
    expect(rows({ filter: "nothing has this name" })).toEqual([]);
  });

  test("one node, one column", () => {
    expect(rows({ node: 0 }).map((row) => row.tables)).toEqual(["countries"]);
    expect(rows({ column: "colocation 2" })).toHaveLength(4);
  });

  test("unknown sizes stand last, whichever way the column is sorted", () => {
    for (const direction of ["ascending", "descending"] as const) {
      const bytes = rows({ sort: "bytes", direction }, partial).map((row) => row.bytes);
      const known = bytes.filter((size) => size !== null);
      expect(bytes.slice(0, known.length)).toEqual(known);
      expect(known).toEqual(known.toSorted((a, b) => (direction === "ascending" ? a - b : b - a)));
    }
  });
});

test("a row says whether its size is measured, an estimate of one shard makes that of its group one", () => {
  const { nodes, topology } = picture;
  const sizes = someSizes(nodes, topology, () => 8_192);
  for (const answer of sizes.answers)
    if (answer.ok)
      answer.value.shardIds.forEach((id, row) => {
        answer.value.isExact[row] = id === 102_016 ? 0 : 1;
      });
  const estimated = clusterPicture(nodes, topology, sizes);
  expect(countEstimates(estimated.placements)).toBe(1);
  const inexact = (kind: ShardView["rows"]) =>
    rows({ rows: kind }, estimated)
      .filter((row) => !row.isExact)
      .map((row) => row.id);
  expect(inexact("groups")).toEqual([102_008]);
  expect(inexact("shards")).toEqual([102_016]);
});

describe("what is chosen, in the address", () => {
  test("what is usual is not spelled out, and what makes no sense is as if it were not there", () => {
    expect(writeShardView({ filter: "", colour: "bytes", node: null, group: 102008 })).toEqual({
      filter: null,
      colour: null,
      node: null,
      group: "102008",
    });
    expect(readShardView(new URLSearchParams("colour=heat&group=x&sort=;&draw=3d"))).toEqual(usual);
  });

  test("the coordinator can be chosen, though its group is 0", () => {
    expect(readShardView(new URLSearchParams("node=0")).node).toBe(0);
    expect(writeShardView({ node: 0 })).toEqual({ node: "0" });
  });

  test("any choice comes back from the address as it was", () => {
    const choices = fc.record({
      filter: fc.string(),
      node: fc.option(fc.nat()),
      column: fc.option(fc.string({ minLength: 1 })),
      rows: fc.constantFrom("groups" as const, "shards" as const),
      direction: fc.constantFrom("ascending" as const, "descending" as const),
      group: fc.option(fc.integer({ min: 1 })),
      key: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(choices, (chosen) => {
        const params = new URLSearchParams();
        for (const [name, value] of Object.entries(writeShardView(chosen))) if (value !== null) params.set(name, value);
        expect(readShardView(new URLSearchParams(params.toString()))).toEqual({ ...usual, ...chosen });
      }),
    );
  });
});
