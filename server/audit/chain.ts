import "server-only";
import { createHash } from "node:crypto";
import type { AuditRecord } from "@/lib/domain/audit";

/** What stands before the first record. */
export const GENESIS = "0".repeat(64);

/** The text that is hashed: the record without its hash, fields in one fixed order, so that equal records have equal texts. */
export function textOf(record: Omit<AuditRecord, "hash">): string {
  return JSON.stringify(ordered(record));
}

export function hashOf(record: Omit<AuditRecord, "hash">): string {
  return createHash("sha256").update(textOf(record)).digest("hex");
}

/** What a terminal obeys or a reader takes for the end of a line, beyond what JSON escapes itself: DEL, C1, bidi and invisible characters. */
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A record as one line of an export or of standard output, without the line's end. Equal records have equal lines. */
export function lineOf(record: AuditRecord): string {
  const line = JSON.stringify({ ...ordered(record), hash: record.hash });
  return line.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function ordered({ seq, at, kind, clusterId, actor, runId, details, prev }: Omit<AuditRecord, "hash">) {
  return { seq, at, kind, clusterId, actor, runId, details: sorted(details), prev };
}

/** Keys in order, at every depth: a database may hand JSON back in another order than it was given. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}
