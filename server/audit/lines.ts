import "server-only";
import { type Found, foundInLine } from "./found";

/** A record with a large plan is some tens of kilobytes; what is longer than this is no line of ours, and is not kept in memory. */
const LONGEST = 16 * 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * What the lines of an export hold, strictly: UTF-8 without a mark before it, every line ended, none empty. Anything else would
 * let two different files pass for the same.
 */
export async function* foundInLines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Found> {
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(LINE_FEED); end >= 0; end = rest.indexOf(LINE_FEED)) {
      yield foundInBytes(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length > LONGEST) break;
  }
  if (rest.length > 0) yield { seq: null, record: null, why: "the line does not end" };
}

function foundInBytes(bytes: Uint8Array): Found {
  try {
    return foundInLine(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return { seq: null, record: null, why: "it is not UTF-8" };
  }
}
