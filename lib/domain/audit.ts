import { z } from "zod";

/**
 * What the audit knows of. `intent` comes before the first statement of a run, `outcome` after its last; `reconciled` is an outcome
 * found out later; `closed` is what a person found where the console could not. `acknowledged`: somebody knows that the records before it do not fit, and the console may go on.
 */
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
  "closed",
  "acknowledged",
  "brakes-set",
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

/** The end of the chain: who keeps it elsewhere notices when the end is cut off. */
export type AuditHead = { seq: number; hash: string };

/** What a record is about, where it belongs to a run: as the run's intent says it. */
export const auditAboutSchema = z.object({ change: z.string(), subject: z.string() });

/** One line of the list. `record` null: what stands there cannot be read as a record. */
export const auditEntrySchema = z.object({
  seq: z.int(),
  record: auditRecordSchema.nullable(),
  about: auditAboutSchema.nullable(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** The first record that does not fit, and why. */
export const misfitSchema = z.object({ seq: z.int().nullable(), why: z.string() });
export type Misfit = z.infer<typeof misfitSchema>;

/** How far the console has checked the chain itself. `to` null: not yet. */
export const auditCheckSchema = z.object({
  from: z.int().nullable(),
  to: z.int().nullable(),
  checkedAt: z.number().nullable(),
  misfit: misfitSchema.nullable(),
  /** Why it could not be checked at all; null: it could. */
  problem: z.string().nullable(),
});
export type AuditCheck = z.infer<typeof auditCheckSchema>;

/** `console`: what belongs to no cluster: sign-ins, people, starts. */
export const AUDIT_SCOPES = ["cluster", "console"] as const;
export const AUDIT_STATES = ["succeeded", "failed", "unknown"] as const;

const text = z.string().trim().min(1).max(200);

/** What the list can be narrowed by. Absent: not narrowed. */
export const auditFilterSchema = z.object({
  scope: z.enum(AUDIT_SCOPES).default("cluster"),
  kind: z.enum(AUDIT_KINDS).optional(),
  /** The id of a person. */
  person: text.optional(),
  change: text.optional(),
  state: z.enum(AUDIT_STATES).optional(),
  run: text.optional(),
  /** Days in UTC, both included. */
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  text: text.optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** `before` of the next, older page; null: there is none. */
export const auditPageSchema = z.object({
  entries: z.array(auditEntrySchema),
  next: z.int().nullable(),
  /** Whether only the asker's own actions are shown, and why. */
  ownOnly: z.string().nullable(),
  /** Why statements and values are left out; null: they are not. */
  hiddenBecause: z.string().nullable(),
  check: auditCheckSchema,
});
export type AuditPage = z.infer<typeof auditPageSchema>;
