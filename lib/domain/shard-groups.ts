import type { ShardSizes } from "./shard-sizes";
import type { CitusTable, Shard, TableKind, Topology } from "./topology";

/**
 * The shards that Citus keeps on one node and moves together: one of each colocated table, with the same hash range.
 * All reference tables are one group that every node holds; a table without a colocation group is by itself.
 */
export type ShardGroup = {
  /** The lowest shard id: what a move names. */
  id: number;
  kind: TableKind;
  /** 0: no colocation group. */
  colocationId: number;
  /** Position within its colocation group, by hash range. */
  index: number;
  /** Ascending; `tableOids` has each shard's table at the same position. */
  shardIds: readonly number[];
  tableOids: readonly number[];
  /** Bounds of the hash range, both included; null where there is none. */
  min: number | null;
  max: number | null;
  /** The node groups that hold it, ascending. */
  groupIds: readonly number[];
  /** By node group; null: that node did not answer, or did not name one of the shards. */
  bytesByGroupId: ReadonlyMap<number, number | null>;
  /** Of one copy: the largest that is known in full. null: none is. */
  bytes: number | null;
};

/** Every shard group, by colocation group and position in it. Each placement belongs to exactly one. */
export function shardGroupsOf(topology: Topology, sizes: ShardSizes): ShardGroup[] {
  const tables = new Map(topology.tables.map((table) => [table.oid, table]));
  const members = new Map<string, Shard[]>();
  for (const shard of topology.shards) {
    const key = keyOf(shard, tables.get(shard.tableOid));
    const known = members.get(key);
    if (known) known.push(shard);
    else members.set(key, [shard]);
  }
  const groups = [...members.values()].map((shards) => groupOf(shards, tables, sizes));
  return numbered(groups.sort(byColocationAndRange));
}

function keyOf(shard: Shard, table: CitusTable | undefined): string {
  if (!table || table.colocationId === 0) return `shard ${shard.id}`;
  if (table.kind === "distributed") {
    return shard.min === null ? `shard ${shard.id}` : `hash ${table.colocationId} ${shard.min} ${shard.max}`;
  }
  return `${table.kind} ${table.colocationId}`;
}

function groupOf(shards: Shard[], tables: ReadonlyMap<number, CitusTable>, sizes: ShardSizes): ShardGroup {
  shards.sort((a, b) => a.id - b.id);
  const first = shards[0];
  if (!first) throw new Error("a shard group has at least one shard");
  const table = tables.get(first.tableOid);
  const bytesByGroupId = bytesOf(shards, sizes);
  const known = [...bytesByGroupId.values()].filter((bytes) => bytes !== null);
  return {
    id: first.id,
    kind: table?.kind ?? "distributed",
    colocationId: table?.colocationId ?? 0,
    index: 0,
    shardIds: shards.map((shard) => shard.id),
    tableOids: shards.map((shard) => shard.tableOid),
    min: first.min,
    max: first.max,
    groupIds: [...bytesByGroupId.keys()].sort((a, b) => a - b),
    bytesByGroupId,
    bytes: known.length > 0 ? Math.max(...known) : null,
  };
}

function bytesOf(shards: readonly Shard[], sizes: ShardSizes): Map<number, number | null> {
  const sums = new Map<number, number | null>();
  for (const shard of shards) {
    for (const groupId of shard.groupIds) {
      const bytes = sizes(shard.id, groupId);
      const sum = sums.has(groupId) ? (sums.get(groupId) ?? null) : 0;
      sums.set(groupId, bytes === null || sum === null ? null : sum + bytes);
    }
  }
  return sums;
}

function byColocationAndRange(a: ShardGroup, b: ShardGroup): number {
  return a.colocationId - b.colocationId || (a.min ?? 0) - (b.min ?? 0) || a.id - b.id;
}

function numbered(groups: ShardGroup[]): ShardGroup[] {
  const next = new Map<number, number>();
  return groups.map((group) => {
    const index = next.get(group.colocationId) ?? 0;
    next.set(group.colocationId, index + 1);
    return { ...group, index };
  });
}

/** Whether the rebalancer may move it. Reference tables are everywhere already, local ones stay where they are. */
export function isMovable(group: Pick<ShardGroup, "kind">): boolean {
  return group.kind !== "reference" && group.kind !== "local";
}
