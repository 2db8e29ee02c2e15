import type { ByteReader } from "./byte-reader";
import type { ByteWriter } from "./byte-writer";
import { at } from "./shard-columns";

type Numbers = { readonly length: number; readonly [index: number]: number };

/** Ascending numbers, as the steps between them. */
export function writeAscending(out: ByteWriter, values: Numbers): void {
  out.uint(values.length);
  let before = 0;
  for (let index = 0; index < values.length; index += 1) {
    out.uint(at(values, index) - before);
    before = at(values, index);
  }
}

export function readAscending(bytes: ByteReader): Float64Array {
  const values = new Float64Array(bytes.count());
  let before = 0;
  for (let index = 0; index < values.length; index += 1) {
    before += bytes.uint();
    values[index] = before;
  }
  return values;
}

/** Numbers that repeat: each with how often it follows itself. How many there are is known to who reads. */
export function writeRuns(out: ByteWriter, values: Numbers): void {
  let [index, before] = [0, 0];
  while (index < values.length) {
    const value = at(values, index);
    const start = index;
    while (index < values.length && at(values, index) === value) index += 1;
    out.int(value - before);
    out.uint(index - start);
    before = value;
  }
}

/** Fills the column. @throws RangeError where the runs are not of its length */
export function readRuns<T extends Uint8Array | Uint32Array>(bytes: ByteReader, values: T): T {
  let [index, before] = [0, 0];
  while (index < values.length) {
    before += bytes.int();
    const end = index + bytes.uint();
    if (end === index || end > values.length) throw new RangeError("a run is not of the length of its column");
    values.fill(before, index, end);
    index = end;
  }
  return values;
}

/** Blocks of 8192 bytes where a size is a multiple of it, as PostgreSQL's are. */
const BLOCK_BYTES = 8_192;

export function writeBytes(out: ByteWriter, bytes: number): void {
  if (bytes % BLOCK_BYTES === 0) out.uint((bytes / BLOCK_BYTES) * 2);
  else out.uint(bytes * 2 + 1);
}

export function readBytes(bytes: ByteReader): number {
  const value = bytes.uint();
  return value % 2 === 1 ? (value - 1) / 2 : (value / 2) * BLOCK_BYTES;
}
