import { z } from "zod";
import { type Layout, layoutNodeSchema } from "./layout-history";
import { nodeIdSchema } from "./node";
import { type NumberReader, type NumberWriter, numberReader, numberWriter, signed, unsigned } from "./number-stream";
import { at, type ShardColumns } from "./shard-columns";
import type { NodeSizes } from "./sizes";
import { citusTableSchema, colocationGroupSchema } from "./topology";

/** What is known of a layout beside it. Times are epoch milliseconds by the console's clock. */
const aboutSchema = z.object({
  /** When the sizes were told; null: none are known. */
  measuredAt: z.number().nullable(),
  /** The last change before the moment that was asked for; null: none is on record. */
  changedAt: z.number().nullable(),
  /** Something changed between that moment and this one; whether before or after, nobody saw. */
  unsureUntil: z.number().nullable(),
});
export type AboutLayout = z.infer<typeof aboutSchema>;

/** A layout with the sizes of its shards, as each node that answered told them. */
export type KeptLayout = { layout: Layout; sizes: ReadonlyMap<number, NodeSizes>; about: AboutLayout };

const headSchema = z.object({
  nodes: z.array(layoutNodeSchema),
  tables: z.array(citusTableSchema),
  colocationGroups: z.array(colocationGroupSchema),
  measuredNodes: z.array(nodeIdSchema),
  about: aboutSchema,
});

/** As few different bytes as can be: neighbours are written as their difference, so that what repeats is seen by whoever compresses it. */
export function encodeLayout({ layout, sizes, about }: KeptLayout): Uint8Array {
  const { nodes, tables, colocationGroups, shards } = layout;
  const head = { nodes, tables, colocationGroups, measuredNodes: [...sizes.keys()], about };
  const words = new TextEncoder().encode(JSON.stringify(head));
  const to = numberWriter();
  to.put(words.length);
  to.putBytes(words);
  putShards(to, shards);
  for (const one of sizes.values()) putSizes(to, one);
  return to.done();
}

/**
 * @param made what becomes of the head before it is checked
 * @throws RangeError or ZodError where the bytes are not what `encodeLayout` made
 */
export function decodeLayout(bytes: Uint8Array, made: (head: unknown) => unknown = (head) => head): KeptLayout {
  const from = numberReader(bytes);
  const words = new TextDecoder().decode(from.takeBytes(from.take()));
  const { measuredNodes, about, ...rest } = headSchema.parse(made(JSON.parse(words)));
  const layout = { ...rest, shards: takeShards(from) };
  return { layout, sizes: new Map(measuredNodes.map((nodeId) => [nodeId, takeSizes(from)])), about };
}

function putShards(to: NumberWriter, { count, ids, tableOids, mins, maxs, hasRange, starts, groupIds }: ShardColumns) {
  to.put(count);
  putRising(to, ids);
  putSteps(to, tableOids);
  for (const one of hasRange) to.put(one);
  // The ranges of a table follow each other: a range mostly begins where the one before ended.
  for (let index = 0; index < count; index++) to.put(unsigned(at(mins, index) - at(maxs, index - 1)));
  for (let index = 0; index < count; index++) to.put(unsigned(at(maxs, index) - at(mins, index)));
  for (let index = 0; index < count; index++) to.put(at(starts, index + 1) - at(starts, index));
  putSteps(to, groupIds);
}

function takeShards(from: NumberReader): ShardColumns {
  const count = from.take();
  const ids = takeRising(from, new Float64Array(count));
  const tableOids = takeSteps(from, new Uint32Array(count));
  const hasRange = new Uint8Array(count).map(() => from.take());
  const begins = new Float64Array(count).map(() => signed(from.take()));
  const mins = new Int32Array(count);
  const maxs = new Int32Array(count);
  for (let index = 0; index < count; index++) {
    mins[index] = at(begins, index) + at(maxs, index - 1);
    maxs[index] = at(mins, index) + signed(from.take());
  }
  const starts = new Uint32Array(count + 1);
  for (let index = 0; index < count; index++) starts[index + 1] = at(starts, index) + from.take();
  const groupIds = takeSteps(from, new Int32Array(at(starts, count)));
  return { count, ids, tableOids, mins, maxs, hasRange, starts, groupIds };
}

const PAGE = 8_192;

/** Relations are made of pages: whole ones are written as their number. */
function putSizes(to: NumberWriter, { shardIds, bytes, isExact }: NodeSizes): void {
  to.put(shardIds.length);
  putRising(to, shardIds);
  for (const one of bytes) to.put(one % PAGE === 0 ? (one / PAGE) * 2 : one * 2 + 1);
  for (const one of isExact) to.put(one);
}

function takeSizes(from: NumberReader): NodeSizes {
  const count = from.take();
  const shardIds = takeRising(from, new Float64Array(count));
  const bytes = new Float64Array(count).map(() => {
    const code = from.take();
    return code % 2 === 0 ? (code / 2) * PAGE : (code - 1) / 2;
  });
  return { shardIds, bytes, isExact: new Uint8Array(count).map(() => from.take()) };
}

function putRising(to: NumberWriter, values: Float64Array): void {
  values.forEach((value, index) => {
    to.put(value - at(values, index - 1));
  });
}

function takeRising(from: NumberReader, into: Float64Array): Float64Array {
  for (let index = 0; index < into.length; index++) into[index] = at(into, index - 1) + from.take();
  return into;
}

function putSteps(to: NumberWriter, values: Uint32Array | Int32Array): void {
  values.forEach((value, index) => {
    to.put(unsigned(value - at(values, index - 1)));
  });
}

function takeSteps<T extends Uint32Array | Int32Array>(from: NumberReader, into: T): T {
  for (let index = 0; index < into.length; index++) into[index] = at(into, index - 1) + signed(from.take());
  return into;
}
