import "server-only";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import { plainArrays } from "@/lib/domain/plain-arrays";
import { problemSchema } from "@/lib/errors";

const PACKED = "gz:";
/** Below this the network costs less than the packing. */
const PACKED_FROM = 16_384;
/** A topology of a million shards is far below; what is above was not written by a console. */
const MOST_BYTES = 512 * 1024 * 1024;

const contentSchema = z.object({ data: z.unknown(), problem: problemSchema.nullable() });
type Content = z.output<typeof contentSchema>;

/** A snapshot's content as it is kept for the other consoles; a large one is packed, off this thread. */
export async function packBody({ data, problem }: Content): Promise<string> {
  const text = JSON.stringify({ data, problem }, plainArrays);
  if (text.length < PACKED_FROM) return text;
  return PACKED + (await promisify(gzip)(text, { level: 1 })).toString("base64");
}

export async function unpackBody(body: string): Promise<Content> {
  if (!body.startsWith(PACKED)) return contentSchema.parse(JSON.parse(body));
  const packed = Buffer.from(body.slice(PACKED.length), "base64");
  const text = await promisify(gunzip)(packed, { maxOutputLength: MOST_BYTES });
  return contentSchema.parse(JSON.parse(text.toString("utf8")));
}
