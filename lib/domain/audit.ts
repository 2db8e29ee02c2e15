import { z } from "zod";

/** What the audit knows of. `intent` comes before the first statement of a run, `outcome` after its last; `reconciled` is an outcome found out later. */
export const AUDIT_KINDS = [
  "console-started",
  "signed-in",
  "sign-in-refused",
  "signed-out",
  "session-ended",
  "person-changed",
  "refused",
  "raw-read",
  "intent",
  "detached",
  "outcome",
  "reconciled",
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Who did it, from where. null: the console itself, or somebody whose identity was not proven. */
export const auditActorSchema = z.object({ id: z.string(), name: z.string(), sessionId: z.string(), from: z.string() });

/** One record of the audit, as it is hashed: the hash covers everything before it, in this order of fields. */
export const auditRecordSchema = z.object({
  seq: z.int().positive(),
  /** UTC, ISO 8601 with milliseconds. Order is by seq: clocks jump. */
  at: z.iso.datetime(),
  kind: z.enum(AUDIT_KINDS),
  clusterId: z.string().nullable(),
  actor: auditActorSchema.nullable(),
  runId: z.string().nullable(),
  /** What the kind says: change, subject, SQL, plan, outcome, reason. JSON, without secrets. */
  details: z.record(z.string(), z.json()),
  /** SHA-256 of the record before, in hex; of the first one 64 zeros. */
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditRecord = z.infer<typeof auditRecordSchema>;
