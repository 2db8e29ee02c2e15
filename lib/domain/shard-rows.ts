import { type ClusterPicture, tableName } from "./cluster-picture";
import { columnKey, type MapColumn, timesMedian } from "./map-columns";
import type { ShardGroup } from "./shard-groups";
import type { ShardView } from "./shard-view";

/** A line of the table below the map: a shard group, or one of its shards. */
export type ShardRow = {
  id: number;
  group: ShardGroup;
  column: MapColumn;
  /** "customers, orders" of a group; of a shard its table. */
  tables: string;
  /** "orders_102019", which Citus calls the shard on its node; null for a group. */
  shardName: string | null;
  nodeIds: readonly number[];
  nodes: string;
  bytes: number | null;
  timesMedian: number | null;
};

/** Every row of the chosen kind that the filter lets through, sorted. */
export function shardRows(picture: ClusterPicture, columns: readonly MapColumn[], view: ShardView): ShardRow[] {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const nodes = new Map(picture.primaries.map((node) => [node.groupId, node]));
  const rows: ShardRow[] = [];
  for (const group of picture.groups) {
    const column = byKey.get(columnKey(group));
    if (!column || (view.column !== null && column.key !== view.column)) continue;
    if (view.node !== null && !group.groupIds.includes(view.node)) continue;
    const held = group.groupIds.flatMap((groupId) => nodes.get(groupId) ?? []);
    const where = {
      nodeIds: held.map((node) => Number(node.id)),
      nodes: held.map((node) => picture.names.get(node.id) ?? "").join(", "),
    };
    if (view.rows === "groups") rows.push({ ...groupRow(picture, group, column), ...where });
    else for (const row of shardRowsOf(picture, group, column)) rows.push({ ...row, ...where });
  }
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => matches(row, words)).sort(comparison(view));
}

type Placeless = Omit<ShardRow, "nodeIds" | "nodes">;

function groupRow(picture: ClusterPicture, group: ShardGroup, column: MapColumn): Placeless {
  const tables = group.tableOids.map((oid) => tableName(picture, oid)).join(", ");
  const times = timesMedian(group, column);
  return { id: group.id, group, column, tables, shardName: null, bytes: group.bytes, timesMedian: times };
}

function shardRowsOf(picture: ClusterPicture, group: ShardGroup, column: MapColumn): Placeless[] {
  return group.shardIds.map((id, position) => ({
    id,
    group,
    column,
    tables: tableName(picture, group.tableOids[position] ?? 0),
    shardName: shardName(picture, group, position),
    bytes: largestKnown(picture, id, group.groupIds),
    timesMedian: null,
  }));
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

function matches(row: ShardRow, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text =
    `${row.id} ${row.group.id} ${row.shardName ?? ""} ${row.tables} ${row.nodes} ${row.column.kind}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Unknown sizes stand last whichever way the column is sorted; equal rows by id, so that the order never flickers. */
function comparison({ sort, direction }: ShardView): (a: ShardRow, b: ShardRow) => number {
  const sign = direction === "ascending" ? 1 : -1;
  return (a, b) => {
    const [x, y] = [sortValue(a, sort), sortValue(b, sort)];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a.id - b.id;
    const order = typeof x === "string" && typeof y === "string" ? x.localeCompare(y) : Number(x) - Number(y);
    return sign * order || a.id - b.id;
  };
}

function sortValue(row: ShardRow, sort: ShardView["sort"]): string | number | null {
  if (sort === "table") return row.tables;
  if (sort === "node") return row.nodes;
  if (sort === "bytes") return row.bytes;
  if (sort === "median") return row.timesMedian;
  return sort === "range" ? row.group.min : row.id;
}
