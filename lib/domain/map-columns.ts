import { countOf } from "../format/count";
import { type ClusterPicture, tableName } from "./cluster-picture";
import { KINDS } from "./group-columns";
import { at } from "./shard-columns";
import type { ShardGroup } from "./shard-groups";
import type { TableKind } from "./topology";

/** One column of the shard map: a colocation group, or all single-shard groups of one kind together. */
export type MapColumn = {
  key: string;
  kind: TableKind;
  /** null: the column gathers several colocation groups, or shards without one. */
  colocationId: number | null;
  /** Names of its tables, in the order of their shards. */
  tables: readonly string[];
  /** "32 groups, bigint" */
  note: string;
  /** Its groups, by where they stand among all groups of the picture. */
  positions: Uint32Array;
  /** Of the known sizes; null: none is known. */
  medianBytes: number | null;
  /** Of the largest known group; null: none is known. */
  largestBytes: number | null;
  /** That group; null also where all are equal. */
  largestId: number | null;
};

/** Distributed schemas may be thousands: one column holds them all, and so for the other groups of a single shard. */
const ORDER: readonly TableKind[] = ["distributed", "schema", "single-shard", "local", "reference"];

const known = new WeakMap<ClusterPicture, readonly MapColumn[]>();

/** The columns of a picture: made once, here or in the worker that made the picture. */
export function mapColumns(picture: ClusterPicture): readonly MapColumn[] {
  const columns = known.get(picture) ?? columnsOf(picture);
  known.set(picture, columns);
  return columns;
}

export function rememberColumns(picture: ClusterPicture, columns: readonly MapColumn[]): void {
  known.set(picture, columns);
}

function columnsOf(picture: ClusterPicture): MapColumn[] {
  const { count, kinds, colocationIds } = picture.groupColumns;
  const columns = new Map<number | string, number[]>();
  for (let group = 0; group < count; group += 1) {
    const isAlone = kinds[group] === DISTRIBUTED && colocationIds[group] === 0;
    // What columnKey tells apart, without a text for each group.
    const mark = isAlone
      ? columnKey(picture.groupAt(group))
      : kinds[group] === DISTRIBUTED
        ? KINDS.length + at(colocationIds, group)
        : at(kinds, group);
    const positions = columns.get(mark);
    if (positions) positions.push(group);
    else columns.set(mark, [group]);
  }
  // One buffer for the positions of all: a few hundred small ones would each be copied by itself.
  const all = Uint32Array.from([...columns.values()].flat());
  let start = 0;
  return [...columns.values()]
    .map(({ length }) => {
      start += length;
      return columnOf(picture, all.subarray(start - length, start));
    })
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.colocationId ?? 0) - (b.colocationId ?? 0));
}

const DISTRIBUTED = KINDS.indexOf("distributed");

/** The groups themselves: for as many as are drawn one by one. */
export function groupsIn(picture: ClusterPicture, { positions }: MapColumn): ShardGroup[] {
  return Array.from(positions, (group) => picture.groupAt(group));
}

/** The column that a group stands in. */
export function columnKey(group: ShardGroup): string {
  if (group.kind !== "distributed") return group.kind;
  return group.colocationId === 0 ? `table ${group.tableOids[0]}` : `colocation ${group.colocationId}`;
}

function columnOf(picture: ClusterPicture, positions: Uint32Array): MapColumn {
  const { colocationIds, bytes } = picture.groupColumns;
  const first = picture.groupAt(at(positions, 0));
  const isOne = positions.every((group) => colocationIds[group] === first.colocationId);
  const oids = oidsOf(picture, positions);
  const sizes = Float64Array.from(positions, (group) => at(bytes, group)).filter((one) => !Number.isNaN(one));
  sizes.sort();
  const largest = sizes.at(-1);
  const isEven = largest === undefined || largest === sizes[0];
  const largestAt = isEven ? undefined : positions.find((group) => bytes[group] === largest);
  return {
    key: columnKey(first),
    kind: first.kind,
    colocationId: isOne && first.colocationId !== 0 ? first.colocationId : null,
    tables: oids.map((oid) => tableName(picture, oid)),
    note: noteOf(picture, first, positions.length, oids.length),
    positions,
    medianBytes: median(sizes),
    largestBytes: largest ?? null,
    largestId: largestAt === undefined ? null : picture.groupAt(largestAt).id,
  };
}

/** The different tables of these groups, in the order of their shards. */
function oidsOf(
  { groupColumns: { members, memberStarts }, topology }: ClusterPicture,
  positions: Uint32Array,
): number[] {
  const oids = new Set<number>();
  let before = -1;
  for (const group of positions)
    for (let member = at(memberStarts, group); member < at(memberStarts, group + 1); member += 1) {
      const oid = at(topology.shards.tableOids, at(members, member));
      if (oid !== before) oids.add(oid);
      before = oid;
    }
  return [...oids];
}

function noteOf(picture: ClusterPicture, first: ShardGroup, groups: number, tables: number): string {
  if (first.kind === "distributed") {
    const colocation = picture.topology.colocationGroups.find((one) => one.id === first.colocationId);
    const type = colocation?.distributionColumnType;
    return `${countOf(groups, "group")}${type ? `, ${type}` : ""}`;
  }
  if (first.kind === "schema") return countOf(groups, "distributed schema");
  if (first.kind === "single-shard") return `${countOf(tables, "table")} of one shard`;
  return first.kind === "reference" ? "reference" : "local";
}

/** The middle of sorted values; the mean of the two middle ones where there are two. */
export function median(sorted: ArrayLike<number>): number | null {
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)];
  const lower = sorted[Math.ceil(half) - 1];
  return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

/** A size beside the median of its column: 1 is the median. null: one of them is not known. */
export function timesMedian(group: ShardGroup, column: MapColumn): number | null {
  if (group.bytes === null || !column.medianBytes) return null;
  return group.bytes / column.medianBytes;
}

/** One of the seven steps of the byte colours: 1 is nothing, 4 the median of the column, 7 twice the median and more. */
export function byteStep(times: number | null): number {
  if (times === null) return 4;
  return Math.min(7, Math.max(1, Math.round(1 + 3 * times)));
}
