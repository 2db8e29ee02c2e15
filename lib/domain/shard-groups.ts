import { type GroupColumns, groupColumns, KINDS } from "./group-columns";
import { at, indexOfShard, type ShardColumns, shardAt } from "./shard-columns";
import { knownOf, placementSizesBy, type ShardSizes } from "./shard-sizes";
import type { TableKind, Topology } from "./topology";

/**
 * The shards that Citus keeps on one node and moves together: one of each colocated table, with the same hash range.
 * All reference tables are one group that every node holds; a table without a colocation group is by itself.
 *
 * A light look at columns, which hold the numbers: lists and maps are made when they are asked for.
 */
export type ShardGroup = {
  /** The lowest shard id: what a move names. */
  readonly id: number;
  readonly kind: TableKind;
  /** 0: no colocation group. */
  readonly colocationId: number;
  /** Position within its colocation group, by hash range. */
  readonly index: number;
  /** Ascending; `tableOids` has each shard's table at the same position. */
  readonly shardIds: readonly number[];
  readonly tableOids: readonly number[];
  /** Bounds of the hash range, both included; null where there is none. */
  readonly min: number | null;
  readonly max: number | null;
  /** The node groups that hold it, ascending. */
  readonly groupIds: readonly number[];
  /** By node group; null: that node did not answer, or did not name one of the shards. */
  readonly bytesByGroupId: ReadonlyMap<number, number | null>;
  /** Of one copy: the largest that is known in full. null: none is. */
  readonly bytes: number | null;
  /** Whether the node group holds it; without the list of those that do. */
  isOn(groupId: number): boolean;
  /** Bytes in one node group; null: unknown, or it is not there. */
  bytesOn(groupId: number): number | null;
  /** The node groups that hold one of its shards, the oldest placement first. */
  holdersOf(shardId: number): readonly number[];
  /** Whether every size in it is known and measured, not estimated. */
  readonly isExact: boolean;
};

/** Every shard group, by colocation group and position in it. Each placement belongs to exactly one. */
export function shardGroupsOf(topology: Topology, sizes: ShardSizes): ShardGroup[] {
  return groupsOver(topology.shards, groupColumns(topology, placementSizesBy(topology.shards, sizes))).all();
}

/** Groups, each made when it is looked at first and then the same: a screen of 100,000 draws some of them. */
export type Groups = {
  /** @throws Error where the position is none of a group */
  at: (position: number) => ShardGroup;
  all: () => ShardGroup[];
};

export function groupsOver(shards: ShardColumns, columns: GroupColumns): Groups {
  const made: ShardGroup[] = [];
  let isWhole = false;
  const groupAt = (position: number): ShardGroup => {
    if (!(position >= 0 && position < columns.count)) throw new Error(`there is no group at position ${position}`);
    const group = made[position] ?? new GroupInColumns(shards, columns, position);
    made[position] = group;
    return group;
  };
  return {
    at: groupAt,
    all() {
      for (let position = 0; !isWhole && position < columns.count; position += 1) groupAt(position);
      isWhole = true;
      return made;
    },
  };
}

/** The group of each shard by the shard's id, without a map of them all. */
export function groupByShard(
  shards: ShardColumns,
  columns: GroupColumns,
  groups: Pick<Groups, "at">,
): Pick<ReadonlyMap<number, ShardGroup>, "get"> {
  return {
    get(shardId) {
      const index = indexOfShard(shards, shardId);
      return index < 0 ? undefined : groups.at(at(columns.groupOf, index));
    },
  };
}

class GroupInColumns implements ShardGroup {
  private readonly shards: ShardColumns;
  private readonly columns: GroupColumns;
  private readonly position: number;

  constructor(shards: ShardColumns, columns: GroupColumns, position: number) {
    this.shards = shards;
    this.columns = columns;
    this.position = position;
  }

  get id() {
    return at(this.shards.ids, this.first());
  }
  get kind() {
    return KINDS[at(this.columns.kinds, this.position)] ?? "distributed";
  }
  get colocationId() {
    return at(this.columns.colocationIds, this.position);
  }
  get index() {
    return at(this.columns.indexes, this.position);
  }
  get shardIds() {
    return Array.from(this.members(), (member) => at(this.shards.ids, member));
  }
  get tableOids() {
    return Array.from(this.members(), (member) => at(this.shards.tableOids, member));
  }
  get min() {
    const first = this.first();
    return this.shards.hasRange[first] === 1 ? at(this.shards.mins, first) : null;
  }
  get max() {
    const first = this.first();
    return this.shards.hasRange[first] === 1 ? at(this.shards.maxs, first) : null;
  }
  get groupIds() {
    return Array.from(this.columns.placeGroupIds.subarray(this.placesFrom(), this.placesTo()));
  }
  get bytesByGroupId() {
    return new Map(this.groupIds.map((groupId) => [groupId, this.bytesOn(groupId)]));
  }
  get bytes() {
    return knownOf(at(this.columns.bytes, this.position));
  }
  get isExact() {
    for (let place = this.placesFrom(); place < this.placesTo(); place += 1)
      if (this.columns.placeExact[place] !== 1) return false;
    return true;
  }

  isOn(groupId: number) {
    return this.placeOn(groupId) >= 0;
  }
  bytesOn(groupId: number) {
    const place = this.placeOn(groupId);
    return place < 0 ? null : knownOf(at(this.columns.placeBytes, place));
  }

  holdersOf(shardId: number) {
    const index = indexOfShard(this.shards, shardId);
    return index < 0 ? [] : shardAt(this.shards, index).groupIds;
  }

  private placeOn(groupId: number) {
    for (let place = this.placesFrom(); place < this.placesTo(); place += 1)
      if (this.columns.placeGroupIds[place] === groupId) return place;
    return -1;
  }
  private placesFrom() {
    return at(this.columns.placeStarts, this.position);
  }
  private placesTo() {
    return at(this.columns.placeStarts, this.position + 1);
  }
  private first() {
    return at(this.columns.members, at(this.columns.memberStarts, this.position));
  }
  private members() {
    const { members, memberStarts } = this.columns;
    return members.subarray(memberStarts[this.position], memberStarts[this.position + 1]);
  }
}

/** Whether the rebalancer may move it. Reference tables are everywhere already, local ones stay where they are. */
export function isMovable(group: Pick<ShardGroup, "kind">): boolean {
  return group.kind !== "reference" && group.kind !== "local";
}
