import "server-only";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { type ColumnData, type ColumnTopic, type Content, encodeColumns } from "@/lib/domain/layout-codec";

/** How a body may travel, the smallest first. */
export const ENCODINGS = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Readings before the newest of which a browser may say that it has them. A tab asks within seconds of each; one that slept gets the whole. */
const KEPT_BEFORE = 2;

type Body = Promise<Uint8Array<ArrayBuffer>>;
export type Sent = { version: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * The answers of one topic as they are seen by everybody who sees the same: each is encoded and compressed once, off this thread,
 * however many ask. `since`: the version that the browser has; where it is still known, the answer is what differs from it.
 */
export function createBodies<T extends ColumnTopic>(topic: T, compressed = compress) {
  let newest: { content: Content<ColumnData[T]>; bodies: Map<string, Body> } | null = null;
  let before: Content<ColumnData[T]>[] = [];

  return async (content: Content<ColumnData[T]>, since: string | null, encoding: Encoding): Promise<Sent> => {
    const isOlder = before.some(({ version }) => version === content.version);
    if (!newest || (newest.content.version !== content.version && !isOlder)) {
      before = [...(newest ? [newest.content] : []), ...before].slice(0, KEPT_BEFORE);
      newest = { content, bodies: new Map() };
    }
    const { content: now, bodies } = newest;
    const base = before.find(({ version }) => version === since) ?? null;
    const key = `${base?.version ?? ""} ${encoding}`;
    const body = bodies.get(key) ?? compressed(encodeColumns(topic, now, base), encoding);
    bodies.set(key, body);
    return { version: now.version, bytes: await body };
  };
}

/** The smallest encoding that the request accepts. */
export function encodingFor(accepts: string | null): Encoding {
  const names = new Set(
    (accepts ?? "").split(",").flatMap((part) => (/;\s*q=0(\.0*)?\s*$/.test(part) ? [] : [part.split(";")[0]?.trim()])),
  );
  return ENCODINGS.find((encoding) => names.has(encoding)) ?? "identity";
}

async function compress(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): Body {
  if (encoding === "identity") return bytes;
  if (encoding === "gzip") return new Uint8Array(await promisify(gzip)(bytes));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return new Uint8Array(await promisify(brotliCompress)(bytes, { params }));
}
