import { expect, test } from "vitest";
import { aPicture, aTable, aTopology, hashShards } from "../testing/layout";
import { holdingsByGroup, holdingsOf } from "./holdings";
import { shardsOf } from "./shard-columns";

const none = () => null;

test("colocated shards move as one: eight groups of customers and orders, four of events", () => {
  const { topology, sizes } = aPicture();
  const holdings = holdingsByGroup(topology, sizes);
  const groups = [1, 2, 3].map((groupId) => holdingsOf(holdings, groupId).movableGroups);
  expect(groups.reduce((sum, count) => sum + count, 0)).toBe(12);
});

test("every byte of a node is counted once, reference tables included", () => {
  const { topology, sizes } = aPicture();
  const holdings = holdingsByGroup(topology, sizes);
  for (const groupId of [0, 1, 2, 3]) {
    const own = shardsOf(topology.shards).filter((shard) => shard.groupIds.includes(groupId));
    const bytes = own.reduce((sum, shard) => sum + (sizes(shard.id, groupId) ?? 0), 0);
    expect(holdingsOf(holdings, groupId)).toMatchObject({ bytes, shards: own.length, isPartial: false });
  }
});

test("a node that told no sizes is known in part; its shards still count", () => {
  const { topology, sizes } = aPicture({ silent: [2] });
  const silent = holdingsOf(holdingsByGroup(topology, sizes), 2);
  expect(silent.isPartial).toBe(true);
  expect(silent.onlyCopies).toBeGreaterThan(0);
});

test("a shard with a copy elsewhere does not keep its node", () => {
  const table = aTable(1, "customers");
  const [shard] = hashShards(table, 102008, 1, () => 1);
  if (!shard) throw new Error("there is one shard");
  const topology = aTopology([table], [{ ...shard, groupIds: [1, 2] }]);
  expect(holdingsOf(holdingsByGroup(topology, none), 1)).toMatchObject({ onlyCopies: 0, movableGroups: 1 });
});

test("a table that is local in the metadata never moves, and keeps its node all the same", () => {
  const local = aTable(1, "settings", { kind: "local", colocationId: 0, distributionColumn: null });
  const topology = aTopology([local], [{ id: 102008, tableOid: 1, min: null, max: null, groupIds: [0] }]);
  expect(holdingsOf(holdingsByGroup(topology, none), 0)).toMatchObject({ movableGroups: 0, onlyCopies: 1 });
});

test("tables that logical replication cannot carry are named; a partitioned parent has no rows and is not", () => {
  const parent = aTable(1, "events", { replicaIdentity: "none", isPartitioned: true });
  const partition = aTable(2, "events_2026", { replicaIdentity: "none", partitionOf: 1 });
  const shards = [parent, partition].flatMap((table) => hashShards(table, 102000 + table.oid * 10, 2, () => 1));
  const holdings = holdingsByGroup(aTopology([parent, partition], shards), none);
  expect(holdingsOf(holdings, 1).withoutReplicaIdentity).toEqual(["public.events_2026"]);
});

test("a group without an entry holds nothing", () => {
  expect(holdingsOf(new Map(), 7)).toMatchObject({ shards: 0, movableGroups: 0, onlyCopies: 0 });
});
