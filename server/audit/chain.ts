import "server-only";
import { createHash } from "node:crypto";
import type { AuditRecord } from "@/lib/domain/audit";

/** What stands before the first record. */
export const GENESIS = "0".repeat(64);

/** The text that is hashed: the record without its hash, fields in one fixed order, so that equal records have equal texts. */
export function textOf({ seq, at, kind, clusterId, actor, runId, details, prev }: Omit<AuditRecord, "hash">): string {
  return JSON.stringify({ seq, at, kind, clusterId, actor, runId, details: sorted(details), prev });
}

export function hashOf(record: Omit<AuditRecord, "hash">): string {
  return createHash("sha256").update(textOf(record)).digest("hex");
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
