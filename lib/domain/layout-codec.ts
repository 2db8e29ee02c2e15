import { z } from "zod";
import { problemSchema } from "../errors";
import { ByteReader } from "./byte-reader";
import { ByteWriter } from "./byte-writer";
import { askedBySchema } from "./from-node";
import type { Content, TopicName } from "./live";
import { nodeIdSchema } from "./node";
import { readShards, writeShards } from "./shard-codec";
import { readShardDelta, shardDelta, withShardDelta, writeShardDelta } from "./shard-delta";
import { readNodeSizes, writeNodeSizes } from "./size-codec";
import type { NodeSizes, Sizes } from "./sizes";
import { citusTableSchema, colocationGroupSchema, type Topology } from "./topology";

/** How the data of one topic become bytes, whole or as what differs from an earlier reading that the receiver has. */
type Codec<T> = {
  write: (out: ByteWriter, now: T, before: T | null) => void;
  read: (bytes: ByteReader, before: T | null) => T;
};

const restSchema = z.object({ tables: z.array(citusTableSchema), colocationGroups: z.array(colocationGroupSchema) });

const topologyCodec: Codec<Topology> = {
  write(out, { shards, ...rest }, before) {
    const isSame = before !== null && JSON.stringify(rest) === JSON.stringify({ ...before, shards: undefined });
    out.json(isSame ? null : rest);
    if (before) writeShardDelta(out, shardDelta(before.shards, shards));
    else writeShards(out, shards);
  },
  read(bytes, before) {
    const rest = restSchema.nullable().parse(bytes.json()) ?? before;
    if (!rest) throw new RangeError("a layout without its tables");
    const shards = before ? withShardDelta(before.shards, readShardDelta(bytes)) : readShards(bytes);
    return { tables: rest.tables, colocationGroups: rest.colocationGroups, shards };
  },
};

const headsSchema = z.array(
  z.discriminatedUnion("ok", [
    z.object({ nodeId: nodeIdSchema, ok: z.literal(true), by: askedBySchema, tookMs: z.number() }),
    z.object({ nodeId: nodeIdSchema, ok: z.literal(false), problem: problemSchema, tookMs: z.number() }),
  ]),
);

const sizesCodec: Codec<Sizes> = {
  write(out, { answers }, before) {
    // Whole milliseconds: more than that is noise, and 300 nodes' noise is most of a small answer.
    out.json(answers.map((answer) => ({ ...answer, value: undefined, tookMs: Math.round(answer.tookMs) })));
    for (const answer of answers)
      if (answer.ok) writeNodeSizes(out, answer.value, before ? sizesOf(before, answer.nodeId) : undefined);
  },
  read(bytes, before) {
    const heads = headsSchema.parse(bytes.json());
    const answers = heads.map((head) =>
      head.ok ? { ...head, value: readNodeSizes(bytes, before ? sizesOf(before, head.nodeId) : undefined) } : head,
    );
    return { answers };
  },
};

function sizesOf({ answers }: Sizes, nodeId: number): NodeSizes | undefined {
  const answer = answers.find((one) => one.nodeId === nodeId);
  return answer?.ok ? answer.value : undefined;
}

/** The topics that travel as columns. All others are JSON. */
const CODECS = { topology: topologyCodec, sizes: sizesCodec };
export type ColumnTopic = keyof typeof CODECS;
export type ColumnData = { topology: Topology; sizes: Sizes };

export function isColumnTopic(topic: TopicName): topic is ColumnTopic {
  return topic in CODECS;
}

const headSchema = z.object({
  version: z.string(),
  /** The version that the columns are to be laid over; null: they are whole. */
  since: z.string().nullable(),
  isRead: z.boolean(),
  problem: problemSchema.nullable(),
  hiddenBecause: z.string().optional(),
});

/** One answer of a topic: a small head in JSON and the columns. `before`: what the receiver has; the answer is then what differs. */
export function encodeColumns<T extends ColumnTopic>(
  topic: T,
  { version, data, problem, hiddenBecause }: Content<ColumnData[T]>,
  before: Content<ColumnData[T]> | null = null,
): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  const base = data === null ? null : (before?.data ?? null);
  const since = base && before ? before.version : null;
  out.json({ version, since, isRead: data !== null, problem, hiddenBecause });
  if (data !== null) codecOf(topic).write(out, data, base);
  return out.bytes();
}

/**
 * The content that `encodeColumns` wrote. `parse` takes each text of JSON in it.
 *
 * @throws RangeError where the answer rests on another version than `before`, or is broken
 */
export function decodeColumns<T extends ColumnTopic>(
  topic: T,
  bytes: Uint8Array,
  before: Content<ColumnData[T]> | null = null,
  parse?: (text: string) => unknown,
): Content<ColumnData[T]> {
  const reader = new ByteReader(bytes, parse);
  const { since, isRead, ...head } = headSchema.parse(reader.json());
  if (since !== null && since !== before?.version)
    throw new RangeError(`a difference to version ${since}, which is not here`);
  return { ...head, data: isRead ? codecOf(topic).read(reader, since === null ? null : (before?.data ?? null)) : null };
}

function codecOf<T extends ColumnTopic>(topic: T): Codec<ColumnData[T]> {
  return CODECS[topic] as unknown as Codec<ColumnData[T]>;
}
