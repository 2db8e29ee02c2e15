import type { ClusterNode } from "./node";

/**
 * Citus adds up costs in the order in which PostgreSQL's hash table hands out the placements. With 32-bit floats that order is part
 * of the sum, so it is worked out here: Bob Jenkins' lookup3 over shard, host and port, and as many buckets as there are
 * placements, rounded up to a power of two. Placements in one bucket stay in the order in which they were put in.
 */
export function inHashOrder<T extends { shardId: number; nodeId: number }>(
  placements: readonly T[],
  nodes: readonly Pick<ClusterNode, "id" | "host" | "port">[],
): T[] {
  let mask = 1;
  while (mask < placements.length) mask *= 2;
  mask -= 1;
  const places = new Map(
    nodes.map(({ id, host, port }) => [id as number, { host: ofText(host), port: ofWords([port]) }]),
  );
  return placements
    .map((placement) => ({ placement, bucket: (codeOf(placement.shardId, places.get(placement.nodeId)) & mask) >>> 0 }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ placement }) => placement);
}

function codeOf(shardId: number, place: { host: number; port: number } | undefined): number {
  const shard = ofWords([shardId >>> 0, Math.floor(shardId / 2 ** 32)]);
  return [shard, place?.host ?? 0, place?.port ?? 0].reduce((code, part) => (Math.imul(37, code) + part) >>> 0, 17);
}

const ofWords = (words: readonly number[]) => lookup3(new Uint8Array(Uint32Array.from(words).buffer));
/** What hashtext() says. At most as many bytes of a host's name as Citus has room for. */
export const ofText = (text: string) => lookup3(new TextEncoder().encode(text).subarray(0, 255));

const rotate = (value: number, bits: number) => (value << bits) | (value >>> (32 - bits));

/** Bob Jenkins' lookup3 (2006, public domain) with PostgreSQL's first value, on a little-endian machine. */
function lookup3(bytes: Uint8Array): number {
  const word = (from: number) =>
    [0, 1, 2, 3].reduce((value, index) => value | ((bytes[from + index] ?? 0) << (8 * index)), 0);
  const first = (0x9e3779b9 + bytes.length + 3_923_095) | 0;
  let [a, b, c] = [first, first, first];
  let from = 0;
  for (; bytes.length - from >= 12; from += 12) {
    a = (a + word(from)) | 0;
    b = (b + word(from + 4)) | 0;
    c = (c + word(from + 8)) | 0;
    for (const [x, y, z] of [
      [4, 6, 8],
      [16, 19, 4],
    ] as const) {
      a = ((a - c) | 0) ^ rotate(c, x);
      c = (c + b) | 0;
      b = ((b - a) | 0) ^ rotate(a, y);
      a = (a + c) | 0;
      c = ((c - b) | 0) ^ rotate(b, z);
      b = (b + a) | 0;
    }
  }
  a = (a + word(from)) | 0;
  b = (b + word(from + 4)) | 0;
  // Its lowest byte is the length's.
  c = (c + (word(from + 8) << 8)) | 0;
  c = ((c ^ b) - rotate(b, 14)) | 0;
  a = ((a ^ c) - rotate(c, 11)) | 0;
  b = ((b ^ a) - rotate(a, 25)) | 0;
  c = ((c ^ b) - rotate(b, 16)) | 0;
  a = ((a ^ c) - rotate(c, 4)) | 0;
  b = ((b ^ a) - rotate(a, 14)) | 0;
  c = ((c ^ b) - rotate(b, 24)) | 0;
  return c >>> 0;
}
