import "server-only";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { decodeColumns, encodeColumns, isColumnTopic } from "@/lib/domain/layout-codec";
import type { Content, TopicName } from "@/lib/domain/live";
import { problemSchema } from "@/lib/errors";

const PACKED = "gz:";
/** Below this the network costs less than the packing. */
const PACKED_FROM = 16_384;
/** A topology of a million shards is far below; what is above was not written by a console. */
const MOST_BYTES = 512 * 1024 * 1024;

const contentSchema = z.object({ data: z.unknown(), problem: problemSchema.nullable() });
type Kept = z.output<typeof contentSchema>;

/** A snapshot's content as it is kept for the other consoles; a large one is packed, off this thread. Columns are kept as they travel. */
export async function packBody(topic: TopicName, { data, problem }: Kept): Promise<string> {
  // A reader's data are what its topic's own `read` returned.
  if (isColumnTopic(topic)) return packed(encodeColumns(topic, { version: "", data, problem } as Content<never>));
  const text = JSON.stringify({ data, problem });
  return text.length < PACKED_FROM ? text : packed(Buffer.from(text));
}

export async function unpackBody(topic: TopicName, body: string): Promise<Kept> {
  if (!body.startsWith(PACKED)) return contentSchema.parse(JSON.parse(body));
  const bytes = await promisify(gunzip)(Buffer.from(body.slice(PACKED.length), "base64"), {
    maxOutputLength: MOST_BYTES,
  });
  if (isColumnTopic(topic)) return decodeColumns(topic, bytes);
  return contentSchema.parse(JSON.parse(bytes.toString("utf8")));
}

async function packed(bytes: Uint8Array): Promise<string> {
  return PACKED + (await promisify(gzip)(bytes, { level: 1 })).toString("base64");
}
