import { type ClusterPicture, clusterPicture } from "../domain/cluster-picture";
import { type ClusterNode, nodeIdSchema } from "../domain/node";
import { type Shard, shardColumns, shardsOf } from "../domain/shard-columns";
import { nodeSizes, type Sizes } from "../domain/sizes";
import type { CitusTable, Topology } from "../domain/topology";

/** A worker of the group with its own number, active, on 127.0.0.1. */
export function aWorker(groupId: number, over: Partial<ClusterNode> = {}): ClusterNode {
  return {
    id: nodeIdSchema.parse(groupId + 1),
    groupId,
    host: "127.0.0.1",
    port: 55164 + groupId,
    role: "primary",
    isActive: true,
    hasMetadata: true,
    metadataSynced: true,
    mayHoldShards: groupId !== 0,
    isClone: false,
    cloneOf: null,
    placementCount: 0,
    ...over,
  };
}

export function aTable(oid: number, name: string, over: Partial<CitusTable> = {}): CitusTable {
  return {
    oid,
    schema: "public",
    name,
    kind: "distributed",
    distributionColumn: "customer_id",
    colocationId: 1,
    owner: "dba",
    accessMethod: "heap",
    replicaIdentity: "primary-key",
    isPartitioned: false,
    partitionOf: null,
    ...over,
  };
}

/** The shards of a hash-distributed table, ids from `firstId`; shard i lies in the node group `groupOf(i)`. */
export function hashShards(
  table: CitusTable,
  firstId: number,
  count: number,
  groupOf: (index: number) => number,
): Shard[] {
  const width = 2 ** 32 / count;
  return Array.from({ length: count }, (_, index) => ({
    id: firstId + index,
    tableOid: table.oid,
    min: -(2 ** 31) + index * width,
    max: -(2 ** 31) + (index + 1) * width - 1,
    groupIds: [groupOf(index)],
  }));
}

export function aTopology(tables: CitusTable[], shards: Shard[]): Topology {
  const ids = [...new Set(tables.map((table) => table.colocationId))].filter((id) => id !== 0);
  const colocationGroups = ids.map((id) => {
    const table = tables.find((candidate) => candidate.colocationId === id);
    const shardCount = shards.filter((shard) => shard.tableOid === table?.oid).length;
    const type = table?.kind === "distributed" ? "bigint" : null;
    return { id, shardCount, replicationFactor: 1, distributionColumnType: type };
  });
  return { tables, colocationGroups, shards: shardColumns(shards) };
}

/** What the nodes would answer about their shards; those in `silent` refuse. */
export function someSizes(
  nodes: readonly ClusterNode[],
  topology: Topology,
  bytesOf: (shard: Shard, groupId: number) => number,
  silent: readonly ClusterNode[] = [],
): Sizes {
  const problem = { code: "node_unreachable" as const, detail: "connection refused", traceId: "t" };
  return {
    answers: nodes.map(({ id, groupId }) => {
      if (silent.some((node) => node.id === id)) return { nodeId: id, ok: false, tookMs: 1, problem };
      const own = shardsOf(topology.shards).filter((shard) => shard.groupIds.includes(groupId));
      return {
        nodeId: id,
        ok: true,
        by: "direct",
        tookMs: 1,
        value: nodeSizes(own.map((shard) => [shard.id, bytesOf(shard, groupId)])),
      };
    }),
  };
}

/** A coordinator and three workers; customers, orders (colocated, 8 shards), events (4) and the reference table countries. */
export function aPicture({ silent = [] as readonly number[] } = {}): ClusterPicture {
  const nodes = [0, 1, 2, 3].map((groupId) => aWorker(groupId));
  const customers = aTable(1, "customers");
  const orders = aTable(2, "orders");
  const events = aTable(3, "events", { colocationId: 2, distributionColumn: "device_id" });
  const countries = aTable(4, "countries", { colocationId: 3, kind: "reference", distributionColumn: null });
  const topology = aTopology(
    [customers, orders, events, countries],
    [
      ...hashShards(customers, 102008, 8, (index) => 1 + (index % 3)),
      ...hashShards(orders, 102016, 8, (index) => 1 + (index % 3)),
      ...hashShards(events, 102024, 4, (index) => 1 + (index % 3)),
      { id: 102028, tableOid: 4, min: null, max: null, groupIds: [0, 1, 2, 3] },
    ],
  );
  const megabytes = (shard: Shard) => (shard.tableOid === 4 ? 32_768 : (1 + (shard.id % 5)) * 1_048_576);
  const silentNodes = nodes.filter((node) => silent.includes(node.groupId));
  return clusterPicture(nodes, topology, someSizes(nodes, topology, megabytes, silentNodes));
}
