import { at, type ShardColumns } from "./shard-columns";
import type { PlacementSizes } from "./shard-sizes";
import type { CitusTable, TableKind, Topology } from "./topology";

/** The kinds of table by the number that stands for them in a column. */
export const KINDS: readonly TableKind[] = ["distributed", "reference", "schema", "single-shard", "local"];

/** All shard groups, a column each, by colocation group and position in it. Positions among the shards stand for the shards. */
export type GroupColumns = {
  count: number;
  /** Position in `KINDS`. */
  kinds: Uint8Array;
  /** 0: no colocation group. */
  colocationIds: Int32Array;
  /** Position within the colocation group. */
  indexes: Uint32Array;
  /** Members of group g: `members[memberStarts[g]]` up to, without, `members[memberStarts[g + 1]]`, ascending. */
  memberStarts: Uint32Array;
  members: Uint32Array;
  /** The node groups that hold it and the bytes there, in the same way, ascending by node group. NaN: unknown. */
  placeStarts: Uint32Array;
  placeGroupIds: Int32Array;
  placeBytes: Float64Array;
  /** 1: all sizes there are measured; 0: some is estimated or unknown. */
  placeExact: Uint8Array;
  /** Of the largest copy that is known in full. NaN: none is. */
  bytes: Float64Array;
  /** The group of each shard, by the shard's position. */
  groupOf: Uint32Array;
};

/** The groups of a layout. Sums and order are made here, once, so that a screen only looks them up. */
export function groupColumns({ tables, shards }: Topology, sizes: PlacementSizes): GroupColumns {
  const known = together.get(shards.tableOids);
  const isSame = known?.tables === tables && known.mins === shards.mins && known.maxs === shards.maxs;
  const groups = isSame ? known.groups : groupsOf(tables, shards);
  together.set(shards.tableOids, { tables, mins: shards.mins, maxs: shards.maxs, groups });
  return { ...groups, ...placesOf(groups.memberStarts, groups.members, shards, sizes) };
}

type Groups = Omit<GroupColumns, keyof Places>;
type Made = Pick<Topology, "tables"> & Pick<ShardColumns, "mins" | "maxs"> & { groups: Groups };
/** What belongs together is the same after a move: kept for as long as somebody has the columns that it was made of. */
const together = new WeakMap<ShardColumns["tableOids"], Made>();

function groupsOf(tables: readonly CitusTable[], shards: ShardColumns): Groups {
  const tableOf = new Map(tables.map((table) => [table.oid, table]));
  const found = gathered(shards, tableOf);
  const order = inOrder(found, shards);
  const rank = new Uint32Array(order.length);
  order.forEach((group, position) => {
    rank[group] = position;
  });
  const groupOf = found.groupOf.map((group) => at(rank, group));
  const { memberStarts, members } = membersOf(groupOf, order.length);
  return {
    count: order.length,
    kinds: Uint8Array.from(order, (group) => found.kinds[group] ?? 0),
    colocationIds: Int32Array.from(order, (group) => found.colocationIds[group] ?? 0),
    indexes: indexesOf(order, found.colocationIds),
    memberStarts,
    members,
    groupOf,
  };
}

/** Groups in the order of their first shards. */
type Gathered = { firsts: number[]; kinds: number[]; colocationIds: number[]; groupOf: Uint32Array };

function gathered(shards: ShardColumns, tableOf: ReadonlyMap<number, CitusTable>): Gathered {
  const made: Gathered = { firsts: [], kinds: [], colocationIds: [], groupOf: new Uint32Array(shards.count) };
  const known = groupFinder(shards, made);
  for (let index = 0; index < shards.count; index += 1) {
    const table = tableOf.get(at(shards.tableOids, index));
    const next = made.firsts.length;
    const group = table && table.colocationId !== 0 ? known(table, index, next) : next;
    made.groupOf[index] = group;
    if (group < next) continue;
    made.firsts.push(index);
    made.kinds.push(KINDS.indexOf(table?.kind ?? "distributed"));
    made.colocationIds.push(table?.colocationId ?? 0);
  }
  return made;
}

/** Gives the group of the shard's colocation group and range, or remembers `next` as that. */
function groupFinder(shards: ShardColumns, { firsts }: Gathered) {
  const byMin = new Map<number, Map<number, number>>();
  const others = new Map<string, number>();
  const find = <K>(map: Map<K, number>, key: K, next: number) => {
    const found = map.get(key);
    if (found === undefined) map.set(key, next);
    return found ?? next;
  };
  return ({ kind, colocationId }: CitusTable, index: number, next: number): number => {
    if (kind !== "distributed") return find(others, `${kind} ${colocationId}`, next);
    if (shards.hasRange[index] !== 1) return next;
    const ranges = byMin.get(colocationId) ?? new Map<number, number>();
    byMin.set(colocationId, ranges);
    const [min, max] = [at(shards.mins, index), at(shards.maxs, index)];
    const group = find(ranges, min, next);
    // Ranges of a colocation group do not overlap as a rule, so the text of both bounds is seldom needed.
    const isOwn = group === next || at(shards.maxs, firsts[group] ?? 0) === max;
    return isOwn ? group : find(others, `${colocationId} ${min} ${max}`, next);
  };
}

/** Groups by colocation group and range; those that come in that order already, as they do as a rule, are not sorted. */
function inOrder(found: Gathered, shards: ShardColumns): number[] {
  const mins = found.firsts.map((first) => (shards.hasRange[first] === 1 ? at(shards.mins, first) : 0));
  const compare = (a: number, b: number) =>
    at(found.colocationIds, a) - at(found.colocationIds, b) ||
    at(mins, a) - at(mins, b) ||
    at(found.firsts, a) - at(found.firsts, b);
  const order = found.firsts.map((_, group) => group);
  const isSorted = order.every((group) => group === 0 || compare(group - 1, group) < 0);
  return isSorted ? order : order.sort(compare);
}

/** Members of each group by a counting sort: shards come in ascending order, and so they stay. */
function membersOf(groupOf: Uint32Array, count: number): Pick<GroupColumns, "memberStarts" | "members"> {
  const memberStarts = new Uint32Array(count + 1);
  for (const group of groupOf) memberStarts[group + 1] = at(memberStarts, group + 1) + 1;
  for (let group = 0; group < count; group += 1)
    memberStarts[group + 1] = at(memberStarts, group + 1) + at(memberStarts, group);
  const next = memberStarts.slice(0, count);
  const members = new Uint32Array(groupOf.length);
  groupOf.forEach((group, index) => {
    members[at(next, group)] = index;
    next[group] = at(next, group) + 1;
  });
  return { memberStarts, members };
}

function indexesOf(order: readonly number[], colocationIds: readonly number[]): Uint32Array {
  const next = new Map<number, number>();
  return Uint32Array.from(order, (group) => {
    const colocationId = colocationIds[group] ?? 0;
    const index = next.get(colocationId) ?? 0;
    next.set(colocationId, index + 1);
    return index;
  });
}

type Places = Pick<GroupColumns, "placeStarts" | "placeGroupIds" | "placeBytes" | "placeExact" | "bytes">;

/** Where each group is and how large it is there. One member of unknown size makes the sum unknown, not smaller. */
function placesOf(
  memberStarts: Uint32Array,
  members: Uint32Array,
  shards: ShardColumns,
  sizes: PlacementSizes,
): Places {
  const count = memberStarts.length - 1;
  const most = shards.groupIds.length;
  const placeStarts = new Uint32Array(count + 1);
  const slots: Slots = {
    groupIds: new Int32Array(most),
    sums: new Float64Array(most),
    exact: new Uint8Array(most),
    end: 0,
  };
  const bytes = new Float64Array(count).fill(Number.NaN);
  for (let group = 0; group < count; group += 1) {
    const start = slots.end;
    for (let member = at(memberStarts, group); member < at(memberStarts, group + 1); member += 1) {
      const shard = at(members, member);
      for (let place = at(shards.starts, shard); place < at(shards.starts, shard + 1); place += 1) {
        const slot = slotOf(slots, start, at(shards.groupIds, place));
        slots.sums[slot] = at(slots.sums, slot) + at(sizes.bytes, place);
        if (sizes.isExact[place] !== 1) slots.exact[slot] = 0;
      }
    }
    placeStarts[group + 1] = slots.end;
    for (let slot = start; slot < slots.end; slot += 1) {
      const sum = at(slots.sums, slot);
      if (!(sum <= at(bytes, group)) && !Number.isNaN(sum)) bytes[group] = sum;
    }
  }
  return {
    placeStarts,
    placeGroupIds: slots.groupIds.slice(0, slots.end),
    placeBytes: slots.sums.slice(0, slots.end),
    placeExact: slots.exact.slice(0, slots.end),
    bytes,
  };
}

type Slots = { groupIds: Int32Array; sums: Float64Array; exact: Uint8Array; end: number };

/** The slot of a node group among those of the shard group that begins at `start`, in ascending order; made where it is not there. */
function slotOf(slots: Slots, start: number, groupId: number): number {
  let slot = slots.end;
  while (slot > start && at(slots.groupIds, slot - 1) >= groupId) slot -= 1;
  if (slot < slots.end && slots.groupIds[slot] === groupId) return slot;
  if (slot < slots.end)
    for (const column of [slots.groupIds, slots.sums, slots.exact]) column.copyWithin(slot + 1, slot, slots.end);
  slots.groupIds[slot] = groupId;
  slots.sums[slot] = 0;
  slots.exact[slot] = 1;
  slots.end += 1;
  return slot;
}
