import { type ClusterPicture, tableName } from "./cluster-picture";
import { KINDS } from "./group-columns";
import { at } from "./shard-columns";

/** A colocation group in a few numbers. `id` 0: everything without one. */
export type ColocationSummary = {
  id: number;
  groups: number;
  /** Names of its tables, in the order of their shards. */
  tables: readonly string[];
  /** The largest copy of each group, added up; null: the size of one is not known. */
  bytes: number | null;
  isReference: boolean;
};

/** All colocation groups, ascending. Over the columns: a screen that tells their number must not make 100,000 groups for it. */
export function colocationSummaries(picture: ClusterPicture): ColocationSummary[] {
  const { count, kinds, colocationIds, bytes, members, memberStarts } = picture.groupColumns;
  const { tableOids } = picture.topology.shards;
  const sums = new Map<number, { groups: number; oids: Set<number>; bytes: number; isReference: boolean }>();
  for (let group = 0; group < count; group += 1) {
    const id = at(colocationIds, group);
    const sum = sums.get(id) ?? { groups: 0, oids: new Set<number>(), bytes: 0, isReference: true };
    sums.set(id, sum);
    sum.groups += 1;
    // NaN, which stands for an unknown size, makes the sum unknown.
    sum.bytes += at(bytes, group);
    sum.isReference &&= kinds[group] === REFERENCE;
    for (let member = at(memberStarts, group); member < at(memberStarts, group + 1); member += 1)
      sum.oids.add(at(tableOids, at(members, member)));
  }
  return [...sums]
    .sort(([a], [b]) => a - b)
    .map(([id, { groups, oids, bytes: known, isReference }]) => ({
      id,
      groups,
      tables: Array.from(oids, (oid) => tableName(picture, oid)),
      bytes: Number.isNaN(known) ? null : known,
      isReference,
    }));
}

const REFERENCE = KINDS.indexOf("reference");
