import "server-only";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Snapshot } from "@/lib/domain/live";

/** Bytes; below this the packing costs more than the network. */
const PACKED_FROM = 1_024;

type Body = { version: string; bytes: Uint8Array<ArrayBuffer>; packed: Promise<Uint8Array<ArrayBuffer>> | null };

/** The newest body of each topic of a cluster and each way in which it is seen. */
const newest = new Map<string, Body>();
/** What an answer was made of, for who can send it packed. */
const bodies = new WeakMap<Response, Body>();

/**
 * A snapshot as JSON: written once per version and way of seeing it, however many ask. Its ages, which differ from request to request,
 * stand in `headers`.
 */
export function sharedJson(
  key: string,
  { version, data, problem, hiddenBecause }: Snapshot<unknown>,
  headers: Record<string, string>,
): Response {
  const known = newest.get(key);
  const body: Body =
    known?.version === version
      ? known
      : {
          version,
          bytes: new TextEncoder().encode(JSON.stringify({ version, data, problem, hiddenBecause })),
          packed: null,
        };
  newest.set(key, body);
  const response = new Response(body.bytes, { headers: { ...headers, "content-type": "application/json" } });
  bodies.set(response, body);
  return response;
}

/** The same answer, packed once for all. null: it is not one of these, or too short to gain by it. */
export async function packedOf(response: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  const body = bodies.get(response);
  if (!body || body.bytes.length < PACKED_FROM) return null;
  body.packed ??= promisify(gzip)(body.bytes).then((bytes) => new Uint8Array(bytes));
  return body.packed;
}
