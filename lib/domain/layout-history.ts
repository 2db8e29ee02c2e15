import { z } from "zod";
import { clusterNodeSchema } from "./node";
import { at, placementOf, type Shard, type ShardColumns, shardAt, shardColumns } from "./shard-columns";
import { type CitusTable, citusTableSchema, colocationGroupSchema, type Topology } from "./topology";

/** A node as it stood in pg_dist_node: ids and groups come and go, so the address is kept with them. */
export const layoutNodeSchema = clusterNodeSchema.omit({ placementCount: true });
export type LayoutNode = z.infer<typeof layoutNodeSchema>;

/** What was where at one moment. */
export type Layout = Topology & { nodes: readonly LayoutNode[] };

const groupsSchema = z.array(z.int());
const shardChangeSchema = z.object({
  id: z.number(),
  tableOid: z.number(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  /** The node groups that held it; null: there was no such shard. */
  from: groupsSchema.nullable(),
  /** Those that hold it now; null: it is gone. */
  to: groupsSchema.nullable(),
});
export type ShardChange = z.infer<typeof shardChangeSchema>;

/** Everything by which a layout differs from the one before. */
export const layoutChangeSchema = z.object({
  /** null: the same as before. They are few, so all of them are kept. */
  nodes: z.array(layoutNodeSchema).nullable(),
  tables: z.array(citusTableSchema),
  tablesGone: z.array(z.number()),
  colocationGroups: z.array(colocationGroupSchema),
  colocationGroupsGone: z.array(z.int()),
  shards: z.array(shardChangeSchema),
});
export type LayoutChange = z.infer<typeof layoutChangeSchema>;

/** What has changed from one layout to the next; null: nothing has. */
export function changeBetween(before: Layout, after: Layout): LayoutChange | null {
  const tables = differing(before.tables, after.tables, ({ oid }) => oid);
  const groups = differing(before.colocationGroups, after.colocationGroups, ({ id }) => id);
  const change: LayoutChange = {
    nodes: same(before.nodes, after.nodes) ? null : [...after.nodes],
    tables: tables.set,
    tablesGone: tables.gone,
    colocationGroups: groups.set,
    colocationGroupsGone: groups.gone,
    shards: shardChanges(before.shards, after.shards),
  };
  const isNothing = Object.values(change).every((one) => one === null || one.length === 0);
  return isNothing ? null : change;
}

/** The layout after these changes, which follow each other. All at once, so that a day of them costs one walk over the shards. */
export function applied(layout: Layout, changes: readonly LayoutChange[]): Layout {
  let { nodes, tables, colocationGroups } = layout;
  const shards = new Map<number, Shard | null>();
  for (const change of changes) {
    nodes = change.nodes ?? nodes;
    tables = replaced(tables, change.tables, change.tablesGone, ({ oid }) => oid);
    colocationGroups = replaced(colocationGroups, change.colocationGroups, change.colocationGroupsGone, ({ id }) => id);
    for (const { from: _, to, ...shard } of change.shards)
      shards.set(shard.id, to === null ? null : { ...shard, groupIds: to });
  }
  return {
    nodes,
    tables: tables.toSorted(byName),
    colocationGroups: colocationGroups.toSorted((a, b) => a.id - b.id),
    shards: shards.size === 0 ? layout.shards : withShards(layout.shards, shards),
  };
}

const byName = (a: CitusTable, b: CitusTable) => order(a.schema, b.schema) || order(a.name, b.name) || a.oid - b.oid;
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function differing<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => number) {
  const known = new Map(before.map((one) => [keyOf(one), one]));
  const set = after.filter((one) => !same(one, known.get(keyOf(one))));
  for (const one of after) known.delete(keyOf(one));
  return { set, gone: [...known.keys()] };
}

function replaced<T>(before: T[], set: readonly T[], gone: readonly number[], keyOf: (one: T) => number): T[] {
  if (set.length === 0 && gone.length === 0) return before;
  const all = new Map(before.map((one) => [keyOf(one), one]));
  for (const one of set) all.set(keyOf(one), one);
  for (const key of gone) all.delete(key);
  return [...all.values()];
}

/** Both are in the order of their ids: one walk over the two. */
function shardChanges(before: ShardColumns, after: ShardColumns): ShardChange[] {
  const changes: ShardChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.count || j < after.count) {
    const old = before.ids[i] ?? Number.POSITIVE_INFINITY;
    const id = after.ids[j] ?? Number.POSITIVE_INFINITY;
    if (old < id) changes.push(changeOf(shardAt(before, i++), null));
    else if (id < old) changes.push(changeOf(null, shardAt(after, j++)));
    else {
      if (!isSameAt(before, i, after, j)) changes.push(changeOf(shardAt(before, i), shardAt(after, j)));
      i += 1;
      j += 1;
    }
  }
  return changes;
}

/** The same place on the same nodes; in which order the placements were made is no move. */
function isSameAt(a: ShardColumns, i: number, b: ShardColumns, j: number): boolean {
  const from = at(a.starts, i);
  const count = at(a.starts, i + 1) - from;
  if (count !== at(b.starts, j + 1) - at(b.starts, j)) return false;
  for (let place = 0; place < count; place++) if (placementOf(b, j, at(a.groupIds, from + place)) < 0) return false;
  return (
    a.tableOids[i] === b.tableOids[j] &&
    a.hasRange[i] === b.hasRange[j] &&
    (a.hasRange[i] === 0 || (a.mins[i] === b.mins[j] && a.maxs[i] === b.maxs[j]))
  );
}

function changeOf(before: Shard | null, after: Shard | null): ShardChange {
  const { id, tableOid, min, max } = after ?? before ?? { id: 0, tableOid: 0, min: null, max: null };
  const groupsOf = (shard: Shard | null) => shard && [...shard.groupIds];
  return { id, tableOid, min, max, from: groupsOf(before), to: groupsOf(after) };
}

/** The columns with some shards replaced, added or (null) taken away. */
function withShards(before: ShardColumns, changed: ReadonlyMap<number, Shard | null>): ShardColumns {
  const set = shardColumns([...changed.values()].filter((shard) => shard !== null));
  const isKept = (index: number) => !changed.has(before.ids[index] ?? 0);
  const kept = Uint32Array.from({ length: before.count }, (_, index) => index).filter(isKept);
  const count = kept.length + set.count;
  const keptPlaces = kept.reduce((sum, index) => sum + placesOf(before, index).length, 0);
  const after: ShardColumns = {
    count,
    ids: new Float64Array(count),
    tableOids: new Uint32Array(count),
    mins: new Int32Array(count),
    maxs: new Int32Array(count),
    hasRange: new Uint8Array(count),
    starts: new Uint32Array(count + 1),
    groupIds: new Int32Array(keptPlaces + set.groupIds.length),
  };
  let [i, j] = [0, 0];
  for (let to = 0; to < count; to++) {
    const old = before.ids[kept[i] ?? before.count] ?? Number.POSITIVE_INFINITY;
    const isOld = old < (set.ids[j] ?? Number.POSITIVE_INFINITY);
    copyShard(isOld ? before : set, isOld ? (kept[i++] ?? 0) : j++, after, to);
  }
  return after;
}

const placesOf = ({ starts, groupIds }: ShardColumns, index: number) =>
  groupIds.subarray(starts[index], starts[index + 1]);

function copyShard(from: ShardColumns, index: number, into: ShardColumns, to: number): void {
  for (const column of ["ids", "tableOids", "mins", "maxs", "hasRange"] as const)
    into[column][to] = at(from[column], index);
  const places = placesOf(from, index);
  const start = at(into.starts, to);
  into.groupIds.set(places, start);
  into.starts[to + 1] = start + places.length;
}
