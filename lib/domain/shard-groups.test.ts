import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aPicture, aTable, aTopology, aWorker, hashShards, someSizes } from "@/lib/testing/layout";
import { clusterPicture } from "./cluster-picture";
import { shardGroupsOf } from "./shard-groups";
import { nodeSizes } from "./sizes";

const NOBODY = () => null;

describe("what is one shard group", () => {
  test("colocated hash tables share groups by range, named by their lowest shard id", () => {
    const { groups } = aPicture();
    const first = groups[0];
    expect(first).toMatchObject({
      id: 102008,
      colocationId: 1,
      index: 0,
      shardIds: [102008, 102016],
      tableOids: [1, 2],
    });
    expect(groups.filter((group) => group.colocationId === 1)).toHaveLength(8);
    expect(groups.filter((group) => group.colocationId === 2)).toHaveLength(4);
  });

  test("all reference tables are one group, on every node", () => {
    const over = { kind: "reference" as const, colocationId: 9 };
    const tables = [aTable(1, "countries", over), aTable(2, "currencies", over)];
    const shards = [1, 2].map((id) => ({ id, tableOid: id, min: null, max: null, groupIds: [0, 1, 2] }));
    const groups = shardGroupsOf(aTopology(tables, shards), (_, groupId) => 10 + groupId);
    expect(groups).toHaveLength(1);
    expect([...(groups[0]?.bytesByGroupId ?? [])]).toEqual([
      [0, 20],
      [1, 22],
      [2, 24],
    ]);
    expect(groups[0]?.bytes).toBe(24);
  });

  test("holders of a shard stand in the order of its placements, because Citus' rebalancer takes them so", () => {
    const shard = (id: number, groupIds: number[]) => ({ id, tableOid: id, min: 0, max: 9, groupIds });
    const tables = [aTable(1, "a", { colocationId: 1 }), aTable(2, "b", { colocationId: 1 })];
    const [group] = shardGroupsOf(aTopology(tables, [shard(1, [7, 3]), shard(2, [3, 7])]), NOBODY);
    expect([group?.holdersOf(1), group?.holdersOf(2), group?.holdersOf(3)]).toEqual([[7, 3], [3, 7], []]);
    expect(group?.groupIds).toEqual([3, 7]);
  });

  test("the tables of a distributed schema are one group", () => {
    const over = { kind: "schema" as const, colocationId: 12 };
    const shards = [5, 6].map((id) => ({ id, tableOid: id, min: null, max: null, groupIds: [2] }));
    const groups = shardGroupsOf(aTopology([aTable(5, "a", over), aTable(6, "b", over)], shards), NOBODY);
    expect(groups.map((group) => group.shardIds)).toEqual([[5, 6]]);
  });

  test("without a colocation group, without a hash range and without a known table each shard is alone", () => {
    const local = aTable(1, "local", { kind: "local", colocationId: 0 });
    const appended = aTable(2, "appended", { colocationId: 4 });
    const alone = { min: null, max: null, groupIds: [1] };
    const shards = [
      { ...alone, id: 1, tableOid: 1 },
      { ...alone, id: 2, tableOid: 2 },
      { ...alone, id: 3, tableOid: 2 },
      { ...alone, id: 4, tableOid: 77, min: 5, max: 6 },
    ];
    expect(shardGroupsOf(aTopology([local, appended], shards), NOBODY)).toHaveLength(4);
  });
});

describe("what is not known stays unknown", () => {
  test("a node that did not answer takes away the size of its groups only", () => {
    const { groups, silent } = aPicture({ silent: [2] });
    expect(silent.map((node) => node.groupId)).toEqual([2]);
    for (const group of groups) {
      if (group.kind === "reference") expect(group.bytes).toBe(32_768);
      else expect(group.bytes === null).toBe(group.groupIds.includes(2));
    }
  });

  test("one shard left out of an answer makes its group unknown, not smaller", () => {
    const node = aWorker(1);
    const tables = [aTable(1, "a"), aTable(2, "b")];
    const topology = aTopology(
      tables,
      tables.flatMap((table, position) => hashShards(table, position * 10, 1, () => 1)),
    );
    const sizes = someSizes([node], topology, () => 5);
    sizes.answers[0] = { nodeId: node.id, ok: true, by: "direct", tookMs: 1, value: nodeSizes([[0, 5]]) };
    expect(clusterPicture([node], topology, sizes).groups[0]?.bytes).toBeNull();
  });

  test("a shard that has just moved keeps the size measured where it was, unless its new node is silent", () => {
    const nodes = [aWorker(1), aWorker(2)];
    const table = aTable(1, "a");
    const before = aTopology(
      [table],
      hashShards(table, 1, 1, () => 1),
    );
    const after = aTopology(
      [table],
      hashShards(table, 1, 1, () => 2),
    );
    const sizeAfter = (silent: typeof nodes) =>
      clusterPicture(
        nodes,
        after,
        someSizes(nodes, before, () => 5, silent),
      ).groups[0]?.bytes;
    expect(sizeAfter([])).toBe(5);
    expect(sizeAfter(nodes.slice(1))).toBeNull();
  });

  test("a secondary of the group never doubles a size", () => {
    const nodes = [aWorker(1), aWorker(1, { id: aWorker(7).id, port: 9, role: "secondary" })];
    const topology = aTopology(
      [aTable(1, "a")],
      hashShards(aTable(1, "a"), 1, 2, () => 1),
    );
    const { sizes } = clusterPicture(
      nodes,
      topology,
      someSizes(nodes, topology, () => 5),
    );
    expect(sizes(1, 1)).toBe(5);
  });
});

describe("for any layout", () => {
  const layouts = fc.record({
    tables: fc.array(fc.record({ colocationId: fc.integer({ min: 0, max: 3 }), count: fc.constantFrom(1, 2, 4, 8) }), {
      maxLength: 6,
    }),
    places: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 8, maxLength: 8 }),
    bytes: fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 50, maxLength: 50 }),
  });

  test("every placement is counted once and bytes are conserved", () => {
    fc.assert(
      fc.property(layouts, ({ tables, places, bytes }) => {
        const made = tables.map((table, position) =>
          aTable(position, `t${position}`, { colocationId: table.colocationId }),
        );
        const shards = made.flatMap((table, position) =>
          hashShards(table, position * 8, tables[position]?.count ?? 1, (index) => places[index] ?? 1),
        );
        const nodes = [1, 2, 3, 4].map((groupId) => aWorker(groupId));
        const topology = aTopology(made, shards);
        const sizes = someSizes(nodes, topology, (shard) => bytes[shard.id] ?? 0);
        const { groups } = clusterPicture(nodes, topology, sizes);
        expect(groups.flatMap((group) => group.shardIds).sort((a, b) => a - b)).toEqual(
          shards.map((shard) => shard.id),
        );
        const grouped = groups
          .flatMap((group) => [...group.bytesByGroupId.values()])
          .reduce((sum: number, one) => sum + (one ?? 0), 0);
        expect(grouped).toBe(shards.reduce((sum, shard) => sum + (bytes[shard.id] ?? 0), 0));
      }),
    );
  });
});
