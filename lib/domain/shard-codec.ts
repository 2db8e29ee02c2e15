import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { readAscending, readRuns, writeAscending, writeRuns } from "./number-columns";
import { at, type ShardColumns } from "./shard-columns";

/** How the ranges of neighbouring shards of one table are told: not there, as Citus cuts them, or one by one. */
const [NONE, REGULAR, EACH] = [0, 1, 2];
const LOWEST = -(2 ** 31);

/**
 * Shards as few bytes: ids as steps, tables as runs, and the ranges of a table only where they are not the equal parts that
 * create_distributed_table cuts. What repeats in the rest is found by the compression.
 */
export function writeShards(out: ByteWriter, shards: ShardColumns): void {
  writeAscending(out, shards.ids);
  writeRuns(out, shards.tableOids);
  for (const [from, to] of runsOf(shards.tableOids)) writeRanges(out, shards, from, to);
  writePlaces(out, shards);
}

export function readShards(bytes: ByteReader): ShardColumns {
  const ids = readAscending(bytes);
  const count = ids.length;
  const shards = {
    count,
    ids,
    tableOids: readRuns(bytes, new Uint32Array(count)),
    mins: new Int32Array(count),
    maxs: new Int32Array(count),
    hasRange: new Uint8Array(count),
  };
  for (const [from, to] of runsOf(shards.tableOids)) readRanges(bytes, shards, from, to);
  return { ...shards, ...readPlaces(bytes, count) };
}

/** Where each shard is; also by itself, for those that only moved. */
export function writePlaces(out: ByteWriter, { starts, groupIds }: Pick<ShardColumns, "starts" | "groupIds">): void {
  const counts = Uint32Array.from({ length: starts.length - 1 }, (_, i) => at(starts, i + 1) - at(starts, i));
  writeRuns(out, counts);
  for (let index = 0; index < counts.length; index += 1) {
    let before = 0;
    for (let place = at(starts, index); place < at(starts, index + 1); place += 1) {
      out.int(at(groupIds, place) - before);
      before = at(groupIds, place);
    }
  }
}

export function readPlaces(bytes: ByteReader, count: number): Pick<ShardColumns, "starts" | "groupIds"> {
  const counts = readRuns(bytes, new Uint32Array(count));
  const starts = new Uint32Array(count + 1);
  const groupIds: number[] = [];
  for (let index = 0; index < count; index += 1) {
    let before = 0;
    for (let left = at(counts, index); left > 0; left -= 1) {
      before += bytes.int();
      groupIds.push(before);
    }
    starts[index + 1] = groupIds.length;
  }
  return { starts, groupIds: Int32Array.from(groupIds) };
}

type Ranges = Pick<ShardColumns, "mins" | "maxs" | "hasRange">;

function writeRanges(out: ByteWriter, shards: Ranges, from: number, to: number): void {
  const kind = kindOf(shards, from, to);
  out.uint(kind);
  if (kind !== EACH) return;
  let next = LOWEST;
  for (let index = from; index < to; index += 1) {
    out.uint(at(shards.hasRange, index));
    if (shards.hasRange[index] !== 1) continue;
    out.int(at(shards.mins, index) - next);
    out.int(at(shards.maxs, index) - at(shards.mins, index));
    next = at(shards.maxs, index) + 1;
  }
}

function readRanges(bytes: ByteReader, shards: Ranges, from: number, to: number): void {
  const kind = bytes.uint();
  let next = LOWEST;
  for (let index = from; index < to && kind !== NONE; index += 1) {
    const hasRange = kind === REGULAR || bytes.uint() === 1;
    if (!hasRange) continue;
    const [min, max] = kind === REGULAR ? regularRange(index - from, to - from) : [next + bytes.int(), 0];
    shards.hasRange[index] = 1;
    shards.mins[index] = min;
    shards.maxs[index] = kind === REGULAR ? max : min + bytes.int();
    next = at(shards.maxs, index) + 1;
  }
}

function kindOf({ mins, maxs, hasRange }: Ranges, from: number, to: number): number {
  let [isNone, isRegular] = [true, true];
  for (let index = from; index < to; index += 1) {
    const [min, max] = regularRange(index - from, to - from);
    isNone &&= hasRange[index] !== 1;
    isRegular &&= hasRange[index] === 1 && mins[index] === min && maxs[index] === max;
  }
  if (isNone) return NONE;
  return isRegular ? REGULAR : EACH;
}

/** Part `index` of the hash values, cut into `count` as Citus does: equal widths, and what is left over at the last. */
function regularRange(index: number, count: number): [min: number, max: number] {
  const width = Math.floor(2 ** 32 / count);
  const min = LOWEST + index * width;
  return [min, index === count - 1 ? 2 ** 31 - 1 : min + width - 1];
}

/** From and to, without, of each run of equal values. */
function runsOf(values: Uint32Array): [from: number, to: number][] {
  const runs: [number, number][] = [];
  let from = 0;
  for (let index = 1; index <= values.length; index += 1) {
    if (index < values.length && values[index] === values[from]) continue;
    runs.push([from, index]);
    from = index;
  }
  return runs;
}
