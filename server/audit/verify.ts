import "server-only";
import type { AuditHead, AuditRecord, Misfit } from "@/lib/domain/audit";
import { GENESIS, hashOf } from "./chain";
import type { Found } from "./found";

export type Verified = {
  count: number;
  /** The last record that fits; null: none did. */
  head: AuditHead | null;
  misfit: Misfit | null;
};

export type Expectation = {
  /** The number of the first record. What an inner one follows is not known, and is not judged. */
  from?: number;
  /** A selection: records may be left out, at the beginning and between others. */
  isPart?: boolean;
  /** Ends of the chain that somebody noted elsewhere. */
  heads?: readonly AuditHead[];
};

/** Follows the chain and stops at the first record that does not fit. Says nothing of a chain that was forged whole: a noted head does. */
export async function verifyChain(
  found: AsyncIterable<Found> | Iterable<Found>,
  { from = 1, isPart = false, heads = [] }: Expectation = {},
): Promise<Verified> {
  let before: Before = { seq: from - 1, hash: from === 1 ? GENESIS : null };
  let head: AuditHead | null = null;
  let count = 0;
  for await (const one of found) {
    const why = one.record ? whyNot(one.record, before, isPart, heads) : one.why;
    if (why !== null) return { count, head, misfit: { seq: one.seq, why: placed(why, one.seq, before.seq) } };
    if (one.record) before = head = { seq: one.record.seq, hash: one.record.hash };
    count += 1;
  }
  const cutOff = heads.find((noted) => noted.seq > before.seq);
  if (!cutOff) return { count, head, misfit: null };
  const why = `the chain ends at #${before.seq}, and it has been at #${cutOff.seq}: its end was cut off`;
  return { count, head, misfit: { seq: before.seq + 1, why } };
}

/** `hash` null: not known. */
type Before = { seq: number; hash: string | null };

function whyNot(record: AuditRecord, before: Before, isPart: boolean, heads: readonly AuditHead[]): string | null {
  const { seq, prev, hash } = record;
  const isNext = seq === before.seq + 1;
  if (seq <= before.seq) return `it stands behind #${before.seq}`;
  if (!isNext && !isPart) return `it follows #${before.seq}: ${missing(before.seq + 1, seq - 1)}`;
  if (hashOf(record) !== hash) return "its hash is not that of what it says";
  if (isNext && before.hash !== null && prev !== before.hash)
    return seq === 1
      ? "it says that something came before it"
      : `it does not follow #${before.seq} as that record is now`;
  const noted = heads.find((one) => one.seq === seq);
  if (noted && noted.hash !== hash) return "its hash is not the one that was noted for it";
  return null;
}

/** Where not even a number can be read, its neighbour says where it stands. */
function placed(why: string, seq: number | null, after: number): string {
  return seq === null ? `what follows #${after}: ${why}` : why;
}

function missing(from: number, to: number): string {
  return from === to ? `#${from} is missing` : `#${from} to #${to} are missing`;
}
