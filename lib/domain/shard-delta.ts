import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { readAscending, writeAscending } from "./number-columns";
import { readPlaces, readShards, writePlaces, writeShards } from "./shard-codec";
import { at, type ShardColumns } from "./shard-columns";

type Places = Pick<ShardColumns, "starts" | "groupIds">;

/** What is different: shards that went away, shards that are new or other than before, and shards that are only elsewhere. */
export type ShardDelta = { removed: Float64Array; rows: ShardColumns; moved: Float64Array; places: Places };

export function shardDelta(before: ShardColumns, now: ShardColumns): ShardDelta {
  const removed: number[] = [];
  const [changed, moved]: [number[], number[]] = [[], []];
  let old = 0;
  for (let index = 0; index < now.count; index += 1) {
    const id = at(now.ids, index);
    for (; old < before.count && at(before.ids, old) < id; old += 1) removed.push(at(before.ids, old));
    if (before.ids[old] !== id) changed.push(index);
    else {
      if (!isSameShard(before, old, now, index)) changed.push(index);
      else if (!isSamePlace(before, old, now, index)) moved.push(index);
      old += 1;
    }
  }
  for (; old < before.count; old += 1) removed.push(at(before.ids, old));
  return {
    removed: Float64Array.from(removed),
    rows: picked(changed.map((index) => [now, index])),
    moved: Float64Array.from(moved, (index) => at(now.ids, index)),
    places: placesOf(moved.map((index) => [now, index])),
  };
}

/** The columns that `delta` was made towards. Where shards only moved, what they are is shared with the columns before. */
export function withShardDelta(before: ShardColumns, delta: ShardDelta): ShardColumns {
  const isOnlyMoves = delta.removed.length === 0 && delta.rows.count === 0;
  return isOnlyMoves ? withMoves(before, delta) : withRows(before, delta);
}

/**
 * The same shards, those of `moved` (ascending) in the places beside them. Made of all 100,000 while people wait for one: no object
 * for each.
 */
export function withMoves(before: ShardColumns, { moved, places }: Pick<ShardDelta, "moved" | "places">): ShardColumns {
  const starts = new Uint32Array(before.count + 1);
  const groupIds = new Int32Array(before.groupIds.length + places.groupIds.length);
  let [step, end] = [0, 0];
  for (let index = 0; index < before.count; index += 1) {
    const isMoved = moved[step] === before.ids[index];
    const from: Places = isMoved ? places : before;
    const position = isMoved ? step : index;
    if (isMoved) step += 1;
    const last = at(from.starts, position + 1);
    for (let place = at(from.starts, position); place < last; place += 1, end += 1)
      groupIds[end] = at(from.groupIds, place);
    starts[index + 1] = end;
  }
  return { ...before, starts, groupIds: groupIds.slice(0, end) };
}

function withRows(before: ShardColumns, { removed, rows, moved, places }: ShardDelta): ShardColumns {
  const gone = new Set(removed);
  const elsewhere = new Map(Array.from(moved, (id, index) => [id, index]));
  const [picks, place]: [Pick1[], Place1[]] = [[], []];
  let row = 0;
  const take = (columns: ShardColumns, index: number, where: Place1) => {
    picks.push([columns, index]);
    place.push(where);
  };
  for (let index = 0; index < before.count; index += 1) {
    const id = at(before.ids, index);
    for (; row < rows.count && at(rows.ids, row) < id; row += 1) take(rows, row, [rows, row]);
    const to = elsewhere.get(id);
    if (rows.ids[row] === id) {
      take(rows, row, [rows, row]);
      row += 1;
    } else if (!gone.has(id)) take(before, index, to === undefined ? [before, index] : [places, to]);
  }
  for (; row < rows.count; row += 1) take(rows, row, [rows, row]);
  return { ...picked(picks), ...placesOf(place) };
}

export function writeShardDelta(out: ByteWriter, { removed, rows, moved, places }: ShardDelta): void {
  writeAscending(out, removed);
  writeShards(out, rows);
  writeAscending(out, moved);
  writePlaces(out, places);
}

export function readShardDelta(bytes: ByteReader): ShardDelta {
  const removed = readAscending(bytes);
  const rows = readShards(bytes);
  const moved = readAscending(bytes);
  return { removed, rows, moved, places: readPlaces(bytes, moved.length) };
}

function isSameShard(a: ShardColumns, i: number, b: ShardColumns, j: number): boolean {
  return (
    a.tableOids[i] === b.tableOids[j] &&
    a.hasRange[i] === b.hasRange[j] &&
    a.mins[i] === b.mins[j] &&
    a.maxs[i] === b.maxs[j]
  );
}

function isSamePlace(a: Places, i: number, b: Places, j: number): boolean {
  const [from, other] = [at(a.starts, i), at(b.starts, j)];
  const length = at(a.starts, i + 1) - from;
  if (length !== at(b.starts, j + 1) - other) return false;
  for (let step = 0; step < length; step += 1) if (a.groupIds[from + step] !== b.groupIds[other + step]) return false;
  return true;
}

type Pick1 = readonly [columns: ShardColumns, index: number];
type Place1 = readonly [columns: Places, index: number];

function picked(from: readonly Pick1[]): ShardColumns {
  return {
    count: from.length,
    ids: Float64Array.from(from, ([columns, index]) => at(columns.ids, index)),
    tableOids: Uint32Array.from(from, ([columns, index]) => at(columns.tableOids, index)),
    mins: Int32Array.from(from, ([columns, index]) => at(columns.mins, index)),
    maxs: Int32Array.from(from, ([columns, index]) => at(columns.maxs, index)),
    hasRange: Uint8Array.from(from, ([columns, index]) => at(columns.hasRange, index)),
    ...placesOf(from),
  };
}

function placesOf(from: readonly Place1[]): Places {
  const starts = new Uint32Array(from.length + 1);
  from.forEach(([columns, index], position) => {
    starts[position + 1] = at(starts, position) + at(columns.starts, index + 1) - at(columns.starts, index);
  });
  const groupIds = new Int32Array(at(starts, from.length));
  from.forEach(([columns, index], position) => {
    groupIds.set(columns.groupIds.subarray(columns.starts[index], columns.starts[index + 1]), starts[position]);
  });
  return { starts, groupIds };
}
