import { type ClusterPicture, tableName } from "./cluster-picture";
import { columnKey, type MapColumn, timesMedian } from "./map-columns";
import type { ClusterNode } from "./node";
import { at } from "./shard-columns";
import type { ShardGroup } from "./shard-groups";
import { knownOf } from "./shard-sizes";
import type { ShardView } from "./shard-view";
import { bytesOfShardAt } from "./table-bytes";

/** A line of the table below the map: a shard group, or one of its shards. */
export type ShardRow = {
  readonly id: number;
  readonly group: ShardGroup;
  readonly column: MapColumn;
  /** "customers, orders" of a group; of a shard its table. */
  readonly tables: string;
  /** "orders_102019", which Citus calls the shard on its node; null for a group. */
  readonly shardName: string | null;
  readonly nodeIds: readonly number[];
  readonly nodes: string;
  readonly bytes: number | null;
  /** Every size in `bytes` is measured; false: some is an estimate, or not known. */
  readonly isExact: boolean;
  readonly timesMedian: number | null;
};

/** As a list that makes its rows when they are looked at; an array is one, too. */
export type Rows<Row> = { readonly length: number; at(index: number): Row | undefined };

/** Rows for these positions. */
export function rowsAt(
  picture: ClusterPicture,
  columns: readonly MapColumn[],
  kind: ShardView["rows"],
  positions: Uint32Array,
): Rows<ShardRow> {
  const scene: Scene = {
    picture,
    columns: new Map(columns.map((column) => [column.key, column])),
    nodes: new Map(picture.primaries.map((node) => [node.groupId, node])),
  };
  const Row = kind === "groups" ? GroupRow : SingleRow;
  return {
    length: positions.length,
    at(index) {
      const position = positions[index];
      return position === undefined ? undefined : new Row(scene, position);
    },
  };
}

type Scene = {
  picture: ClusterPicture;
  columns: ReadonlyMap<string, MapColumn>;
  nodes: ReadonlyMap<number, ClusterNode>;
};

class GroupRow implements ShardRow {
  protected readonly scene: Scene;
  protected readonly position: number;

  constructor(scene: Scene, position: number) {
    this.scene = scene;
    this.position = position;
  }

  get group(): ShardGroup {
    return this.scene.picture.groupAt(this.position);
  }
  get id() {
    return this.group.id;
  }
  get column() {
    return found(this.scene.columns.get(columnKey(this.group)), "column");
  }
  get tables() {
    return this.group.tableOids.map((oid) => tableName(this.scene.picture, oid)).join(", ");
  }
  get shardName(): string | null {
    return null;
  }
  get nodeIds() {
    return this.#held().map((node) => Number(node.id));
  }
  get nodes() {
    return this.#held()
      .map((node) => this.scene.picture.names.get(node.id) ?? "")
      .join(", ");
  }
  get bytes() {
    return this.group.bytes;
  }
  get isExact(): boolean {
    return this.group.isExact;
  }
  get timesMedian(): number | null {
    return timesMedian(this.group, this.column);
  }

  #held() {
    return this.group.groupIds.flatMap((groupId) => this.scene.nodes.get(groupId) ?? []);
  }
}

/** One shard; its position is among all shards. */
class SingleRow extends GroupRow {
  override get group(): ShardGroup {
    const { groupColumns, groupAt } = this.scene.picture;
    return groupAt(at(groupColumns.groupOf, this.position));
  }
  override get id() {
    return at(this.scene.picture.topology.shards.ids, this.position);
  }
  override get tables() {
    return tableName(this.scene.picture, this.#oid());
  }
  override get shardName() {
    return `${this.scene.picture.tables.get(this.#oid())?.name ?? `table ${this.#oid()}`}_${this.id}`;
  }
  override get bytes() {
    return knownOf(bytesOfShardAt(this.scene.picture, this.position));
  }
  override get isExact() {
    const { placements, topology } = this.scene.picture;
    const { starts } = topology.shards;
    return placements.isExact.subarray(starts[this.position], starts[this.position + 1]).every((exact) => exact === 1);
  }
  override get timesMedian() {
    return null;
  }

  #oid() {
    return at(this.scene.picture.topology.shards.tableOids, this.position);
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`a row without its ${what}`);
  return value;
}

/** The shard's relation on its node. A long name is cut and hashed there, so this is how people know it, not an identifier. */
export function shardName(picture: ClusterPicture, group: ShardGroup, position: number): string {
  const oid = group.tableOids[position] ?? 0;
  return `${picture.tables.get(oid)?.name ?? `table ${oid}`}_${group.shardIds[position]}`;
}

/** Of one copy of the shard. */
export function largestKnown(picture: ClusterPicture, shardId: number, groupIds: readonly number[]): number | null {
  const known = groupIds.flatMap((groupId) => picture.sizes(shardId, groupId) ?? []);
  return known.length > 0 ? Math.max(...known) : null;
}
