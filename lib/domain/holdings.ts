import { isMovable, shardGroupsOf } from "./shard-groups";
import type { ShardSizes } from "./shard-sizes";
import { fullName } from "./table-facts";
import type { Topology } from "./topology";

/** What one node group holds, as far as it decides what may be done with the node. */
export type Holdings = {
  /** What Citus moves as one; reference and local tables never move and are not counted. */
  movableGroups: number;
  /** Bytes of these, as far as they are known. */
  movableBytes: number;
  /** Some of the sizes are not known: the bytes are "at least". */
  isPartial: boolean;
  /** Shards that are nowhere else; with them here the node can be neither disabled nor removed. */
  onlyCopies: number;
  /** Of everything here, reference tables included. */
  bytes: number;
  shards: number;
  /** Tables with a shard here that logical replication cannot carry: neither primary key nor replica identity. */
  withoutReplicaIdentity: readonly string[];
};

const NOTHING: Holdings = {
  movableGroups: 0,
  movableBytes: 0,
  isPartial: false,
  onlyCopies: 0,
  bytes: 0,
  shards: 0,
  withoutReplicaIdentity: [],
};

/** Of every node group that holds anything. Ask with `holdingsOf`. */
export function holdingsByGroup(topology: Topology, sizes: ShardSizes): Map<number, Holdings> {
  const lacking = tablesWithoutIdentity(topology);
  const held = new Map<number, Holdings>();
  for (const group of shardGroupsOf(topology, sizes)) {
    const names = group.tableOids.flatMap((oid) => lacking.get(oid) ?? []);
    for (const groupId of group.groupIds) {
      const before = held.get(groupId) ?? NOTHING;
      const bytes = group.bytesByGroupId.get(groupId) ?? null;
      const moves = isMovable(group);
      held.set(groupId, {
        movableGroups: before.movableGroups + (moves ? 1 : 0),
        movableBytes: before.movableBytes + (moves ? (bytes ?? 0) : 0),
        isPartial: before.isPartial || bytes === null,
        onlyCopies:
          before.onlyCopies + (group.kind !== "reference" && group.groupIds.length === 1 ? group.shardIds.length : 0),
        bytes: before.bytes + (bytes ?? 0),
        shards: before.shards + group.shardIds.length,
        withoutReplicaIdentity: moves
          ? [...new Set([...before.withoutReplicaIdentity, ...names])].sort()
          : before.withoutReplicaIdentity,
      });
    }
  }
  return held;
}

/** A partitioned parent holds no rows: Citus looks at its partitions, not at it. */
function tablesWithoutIdentity({ tables }: Topology): Map<number, string> {
  return new Map(
    tables
      .filter((table) => table.replicaIdentity === "none" && !table.isPartitioned)
      .map((table) => [table.oid, fullName(table)]),
  );
}

export function holdingsOf(holdings: ReadonlyMap<number, Holdings>, groupId: number): Holdings {
  return holdings.get(groupId) ?? NOTHING;
}
