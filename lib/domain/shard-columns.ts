import { z } from "zod";

/** One shard with where it is: groupIds of its placements (pg_dist_placement), the oldest first. Range bounds are int4 hash values; null outside hash tables. */
export type Shard = {
  id: number;
  tableOid: number;
  min: number | null;
  max: number | null;
  groupIds: readonly number[];
};

/**
 * All shards of a cluster, a column each: 100,000 of them are eight arrays for the garbage collector, not 100,000 objects,
 * and go from a worker to its page without being copied.
 */
export type ShardColumns = {
  count: number;
  /** Ascending. */
  ids: Float64Array;
  tableOids: Uint32Array;
  /** Bounds of the hash range, both included; they count only where `hasRange` is 1. */
  mins: Int32Array;
  maxs: Int32Array;
  hasRange: Uint8Array;
  /** One more than there are shards: the placements of shard i are `groupIds[starts[i]]` up to, without, `groupIds[starts[i + 1]]`. */
  starts: Uint32Array;
  /** The node groups of all placements; within a shard the oldest placement first, which is Citus' order of them. */
  groupIds: Int32Array;
};

/** A typed array, or its values in JSON. */
export const floatsSchema = z.union([z.instanceof(Float64Array), z.array(z.number()).transform(Float64Array.from)]);
const uintsSchema = z.union([z.instanceof(Uint32Array), z.array(z.number()).transform(Uint32Array.from)]);
const intsSchema = z.union([z.instanceof(Int32Array), z.array(z.number()).transform(Int32Array.from)]);
export const flagsSchema = z.union([z.instanceof(Uint8Array), z.array(z.number()).transform(Uint8Array.from)]);

export const shardColumnsSchema: z.ZodType<ShardColumns> = z.object({
  count: z.int(),
  ids: floatsSchema,
  tableOids: uintsSchema,
  mins: intsSchema,
  maxs: intsSchema,
  hasRange: flagsSchema,
  starts: uintsSchema,
  groupIds: intsSchema,
});

/** Columns of these shards, in whatever order they come. */
export function shardColumns(rows: readonly Shard[]): ShardColumns {
  const sorted = rows.toSorted((a, b) => a.id - b.id);
  const starts = new Uint32Array(rows.length + 1);
  sorted.forEach((row, index) => {
    starts[index + 1] = at(starts, index) + row.groupIds.length;
  });
  return {
    count: rows.length,
    ids: Float64Array.from(sorted, (row) => row.id),
    tableOids: Uint32Array.from(sorted, (row) => row.tableOid),
    mins: Int32Array.from(sorted, (row) => row.min ?? 0),
    maxs: Int32Array.from(sorted, (row) => row.max ?? 0),
    hasRange: Uint8Array.from(sorted, (row) => Number(row.min !== null && row.max !== null)),
    starts,
    groupIds: Int32Array.from(sorted.flatMap((row) => row.groupIds)),
  };
}

/** One of them as an object: for a single shard, or where there are few. */
export function shardAt(columns: ShardColumns, index: number): Shard {
  const hasRange = columns.hasRange[index] === 1;
  return {
    id: at(columns.ids, index),
    tableOid: at(columns.tableOids, index),
    min: hasRange ? at(columns.mins, index) : null,
    max: hasRange ? at(columns.maxs, index) : null,
    groupIds: Array.from(columns.groupIds.subarray(columns.starts[index], columns.starts[index + 1])),
  };
}

/** All of them as objects. */
export function shardsOf(columns: ShardColumns): Shard[] {
  return Array.from({ length: columns.count }, (_, index) => shardAt(columns, index));
}

/** Where a shard stands in the columns; -1 where there is none of that id. */
export function indexOfShard({ ids }: Pick<ShardColumns, "ids">, id: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at(ids, middle) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}

/** Where the placement of the shard at `index` in the node group stands among all placements; -1 where it has none there. */
export function placementOf({ starts, groupIds }: ShardColumns, index: number, groupId: number): number {
  const end = starts[index + 1] ?? 0;
  for (let place = starts[index] ?? end; place < end; place += 1) if (groupIds[place] === groupId) return place;
  return -1;
}

/** A value within the bounds of a typed array. */
export function at(values: { readonly [index: number]: number | undefined }, index: number): number {
  return values[index] ?? 0;
}
