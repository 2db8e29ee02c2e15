import { expect, test } from "vitest";
import { aTable, aWorker, hashShards } from "@/lib/testing/layout";
import { changeBetween, type Layout } from "./layout-history";
import { eventsOf } from "./layout-moves";
import { shardColumns } from "./shard-columns";
import { nodeSizes } from "./sizes";

const customers = aTable(1, "customers");
const orders = aTable(2, "orders");
const countries = aTable(3, "countries", { kind: "reference", colocationId: 2 });
const node = (groupId: number) => {
  const { placementCount: _, ...rest } = aWorker(groupId);
  return rest;
};
const nodes = [0, 1, 2].map(node);

/** Four groups of two shards each, and a reference table; `of` says in which groups the shards of a position lie. */
function aLayout(of: (index: number) => number[], over: Partial<Layout> = {}): Layout {
  const shards = [...hashShards(customers, 101, 4, () => 1), ...hashShards(orders, 201, 4, () => 1)].map((one) => ({
    ...one,
    groupIds: of(one.id % 100),
  }));
  const reference = { id: 301, tableOid: 3, min: null, max: null, groupIds: [0, 1, 2] };
  const tables = [countries, customers, orders];
  return { nodes, tables, colocationGroups: [], shards: shardColumns([...shards, reference]), ...over };
}

function happened(before: Layout, after: Layout) {
  const change = changeBetween(before, after);
  const sizes = new Map([[2, nodeSizes([101, 102, 103, 104, 201, 202, 203].map((id) => [id, id]))]]);
  return change ? eventsOf(before, after, change, sizes) : [];
}
const before = aLayout(() => [1]);

test("the shards of a group that went the same way are one move, with their tables, both nodes and their bytes", () => {
  expect(
    happened(
      before,
      aLayout((index) => (index === 3 ? [2] : [1])),
    ),
  ).toEqual([
    {
      kind: "moved",
      id: 103,
      names: ["public.customers", "public.orders"],
      shards: 2,
      from: ["127.0.0.1:55165"],
      to: ["127.0.0.1:55166"],
      bytes: 306,
    },
  ]);
});

test("bytes of a group of which one shard's are not known are unknown, not fewer", () => {
  expect(
    happened(
      before,
      aLayout((index) => (index === 4 ? [2] : [1])),
    )[0]?.bytes,
  ).toBeNull();
});

test("a copy that comes and a copy that goes are no moves from nowhere or to nowhere", () => {
  const both = aLayout((index) => (index === 1 ? [1, 2] : [1]));
  expect(happened(before, both)).toMatchObject([{ kind: "copied", from: [], to: ["127.0.0.1:55166"] }]);
  expect(happened(both, before)).toMatchObject([{ kind: "dropped", from: ["127.0.0.1:55166"], to: [] }]);
});

test("a table that comes or goes is said once, with how many shards it has", () => {
  const without = aLayout(() => [1], { tables: [countries, customers] });
  const shards = shardColumns(hashShards(customers, 101, 4, () => 1));
  const less = { ...without, shards };
  expect(
    happened(less, { ...before, shards: aLayout(() => [1]).shards }).map(({ kind, names, shards: count }) => [
      kind,
      names,
      count,
    ]),
  ).toContainEqual(["table-made", ["public.orders"], 4]);
  expect(happened(before, less).map(({ kind, names }) => [kind, names])).toContainEqual([
    "table-gone",
    ["public.orders"],
  ]);
});

test("a split is shards that are gone and shards that are made, of tables that stay", () => {
  const rest = hashShards(customers, 101, 4, () => 1).slice(1);
  const [first] = hashShards(customers, 101, 4, () => 1);
  const halves = [
    { ...first, id: 501, max: (first?.min ?? 0) + 9 },
    { ...first, id: 502, min: (first?.min ?? 0) + 10 },
  ] as typeof rest;
  const whole = { ...before, tables: [customers], shards: shardColumns(hashShards(customers, 101, 4, () => 1)) };
  const cut = { ...whole, shards: shardColumns([...rest, ...halves]) };
  expect(happened(whole, cut).map(({ kind, id }) => [kind, id])).toEqual([
    ["gone", 101],
    ["made", 501],
    ["made", 502],
  ]);
});

test("nodes that join and leave are named by the address they had, also in the moves from them", () => {
  const after = aLayout(() => [2], { nodes: [node(0), node(2), node(3)] });
  const all = happened(before, after);
  expect(all).toContainEqual(expect.objectContaining({ kind: "node-joined", names: ["127.0.0.1:55167"] }));
  expect(all).toContainEqual(expect.objectContaining({ kind: "node-left", names: ["127.0.0.1:55165"] }));
  expect(all.find(({ kind }) => kind === "moved")?.from).toEqual(["127.0.0.1:55165"]);
});
