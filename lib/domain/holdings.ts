import type { ClusterPicture } from "./cluster-picture";
import { groupColumns, KINDS } from "./group-columns";
import { at } from "./shard-columns";
import { isMovable } from "./shard-groups";
import { knownOf, placementSizesBy, type ShardSizes } from "./shard-sizes";
import { fullName } from "./table-facts";
import type { TableKind, Topology } from "./topology";

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
  return heldBy({ topology, groupColumns: groupColumns(topology, placementSizesBy(topology.shards, sizes)) });
}

/** The same from a picture, whose groups are made already. */
export function heldBy({ topology, groupColumns: groups }: Pick<ClusterPicture, "topology" | "groupColumns">) {
  const lacking = tablesWithoutIdentity(topology);
  const held = new Map<number, Holdings>();
  const names = new Map<number, Set<string>>();
  for (let group = 0; group < groups.count; group += 1) {
    const kind = KINDS[at(groups.kinds, group)] ?? "distributed";
    const [from, to] = [at(groups.placeStarts, group), at(groups.placeStarts, group + 1)];
    const shards = at(groups.memberStarts, group + 1) - at(groups.memberStarts, group);
    for (let place = from; place < to; place += 1) {
      const groupId = at(groups.placeGroupIds, place);
      const here = held.get(groupId) ?? { ...NOTHING };
      held.set(groupId, here);
      add(here, kind, shards, to - from === 1, knownOf(at(groups.placeBytes, place)));
      if (lacking.size === 0 || !isMovable({ kind })) continue;
      const own = names.get(groupId) ?? new Set();
      names.set(groupId, own);
      for (let member = at(groups.memberStarts, group); member < at(groups.memberStarts, group + 1); member += 1) {
        const name = lacking.get(at(topology.shards.tableOids, at(groups.members, member)));
        if (name !== undefined) own.add(name);
      }
    }
  }
  for (const [groupId, here] of held) here.withoutReplicaIdentity = [...(names.get(groupId) ?? [])].sort();
  return held;
}

function add(here: Holdings, kind: TableKind, shards: number, isOnly: boolean, bytes: number | null): void {
  const moves = isMovable({ kind });
  here.movableGroups += moves ? 1 : 0;
  here.movableBytes += moves ? (bytes ?? 0) : 0;
  here.isPartial ||= bytes === null;
  here.onlyCopies += kind !== "reference" && isOnly ? shards : 0;
  here.bytes += bytes ?? 0;
  here.shards += shards;
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
