import { countOf } from "../format/count";
import { type ClusterPicture, tableName } from "./cluster-picture";
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
  groups: readonly ShardGroup[];
  /** Of the known sizes; null: none is known. */
  medianBytes: number | null;
  /** The largest known group; null when none is known or all are equal. */
  largestId: number | null;
};

/** Distributed schemas may be thousands: one column holds them all, and so for the other groups of a single shard. */
const ORDER: readonly TableKind[] = ["distributed", "schema", "single-shard", "local", "reference"];

export function mapColumns(picture: ClusterPicture): MapColumn[] {
  const columns = new Map<string, ShardGroup[]>();
  for (const group of picture.groups) {
    const key = columnKey(group);
    const known = columns.get(key);
    if (known) known.push(group);
    else columns.set(key, [group]);
  }
  return [...columns]
    .map(([key, groups]) => columnOf(picture, key, groups))
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || (a.colocationId ?? 0) - (b.colocationId ?? 0));
}

/** The column that a group stands in. */
export function columnKey(group: ShardGroup): string {
  if (group.kind !== "distributed") return group.kind;
  return group.colocationId === 0 ? `table ${group.tableOids[0]}` : `colocation ${group.colocationId}`;
}

function columnOf(picture: ClusterPicture, key: string, groups: ShardGroup[]): MapColumn {
  const [first] = groups;
  if (!first) throw new Error("a column has at least one group");
  const isOne = groups.every((group) => group.colocationId === first.colocationId);
  const oids = [...new Set(groups.flatMap((group) => group.tableOids))];
  const sizes = groups.flatMap((group) => (group.bytes === null ? [] : [group.bytes])).sort((a, b) => a - b);
  const largest = sizes.at(-1);
  return {
    key,
    kind: first.kind,
    colocationId: isOne && first.colocationId !== 0 ? first.colocationId : null,
    tables: oids.map((oid) => tableName(picture, oid)),
    note: noteOf(picture, first, groups.length, oids.length),
    groups,
    medianBytes: median(sizes),
    largestId:
      largest === undefined || largest === sizes[0] ? null : (groups.find((one) => one.bytes === largest)?.id ?? null),
  };
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
export function median(sorted: readonly number[]): number | null {
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
