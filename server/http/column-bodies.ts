import "server-only";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type ColumnData, type ColumnTopic, encodeColumns } from "@/lib/domain/layout-codec";
import type { Content, Step } from "@/lib/domain/live";

/** Readings before the newest of which a browser may say that it has them. A tab asks within seconds of each; one that slept gets the whole. */
const KEPT_BEFORE = 2;
/** Bytes of a difference that goes along with the news. Everybody who listens gets it, also who looks at something else. */
const STEP_BYTES = 3_072;

type Body = Promise<Uint8Array<ArrayBuffer>>;
export type Sent = { version: string; bytes: Uint8Array<ArrayBuffer> };

/**
 * The answers of one topic as they are seen by everybody who sees the same: each is encoded and compressed once, off this thread,
 * however many ask.
 */
export function createBodies<T extends ColumnTopic>(topic: T, compressed = compress) {
  let newest: { content: Content<ColumnData[T]>; bodies: Map<string, Body> } | null = null;
  let before: Content<ColumnData[T]>[] = [];

  function withNewest(content: Content<ColumnData[T]>): NonNullable<typeof newest> {
    const isOlder = before.some(({ version }) => version === content.version);
    if (!newest || (newest.content.version !== content.version && !isOlder)) {
      before = [...(newest ? [newest.content] : []), ...before].slice(0, KEPT_BEFORE);
      newest = { content, bodies: new Map() };
    }
    return newest;
  }

  return {
    /** `since`: the version that the browser has; where it is still known, the answer is what differs from it. */
    async answer(content: Content<ColumnData[T]>, since: string | null): Promise<Sent> {
      const { content: now, bodies } = withNewest(content);
      const base = before.find(({ version }) => version === since) ?? null;
      const key = base?.version ?? "";
      const body = bodies.get(key) ?? compressed(encodeColumns(topic, now, base));
      bodies.set(key, body);
      return { version: now.version, bytes: await body };
    },
    /** What differs from the reading before, as it goes along with the news. null: there is none, or it is not small. */
    step(content: Content<ColumnData[T]>): Pick<Step, "since" | "columns"> | null {
      const { content: now } = withNewest(content);
      const base = before[0];
      if (now.version !== content.version || !base || base.data === null) return null;
      const bytes = encodeColumns(topic, now, base);
      if (bytes.length > STEP_BYTES) return null;
      return { since: base.version, columns: Buffer.from(bytes).toString("base64") };
    },
  };
}

/**
 * Packed as a body and not by a content-encoding: the framework takes that header from a route's answer. Gzip, because it is what
 * every browser can unpack from a stream (`readBytes` in lib/http-read).
 */
async function compress(bytes: Uint8Array<ArrayBuffer>): Body {
  return new Uint8Array(await promisify(gzip)(bytes));
}
