import type { AuditEntry, AuditKind, AuditRecord } from "./audit";
import { changeWords } from "./change-words";

const KIND_WORDS: Record<AuditKind, string> = {
  "console-started": "Console started",
  "signed-in": "Signed in",
  "sign-in-refused": "Sign-in refused",
  "signed-out": "Signed out",
  "session-ended": "Session ended",
  "person-changed": "Person changed",
  refused: "Refused",
  "raw-read": "Read statements as they are",
  intent: "Intent",
  detached: "Left behind",
  outcome: "Outcome",
  reconciled: "Outcome found out",
  closed: "Closed by a person",
  acknowledged: "Misfit acknowledged",
};

/** What a kind is called in the list. */
export function kindWords(kind: AuditKind): string {
  return KIND_WORDS[kind];
}

/** What a record is about, in a few words: "Drain :55167", "Read statements as they are". */
export function auditWords({ record, about }: AuditEntry): string {
  if (record === null) return "This record cannot be read";
  if (about) return `${changeWords(about.change)} ${about.subject}`;
  const { change, permission, subject } = record.details;
  if (typeof change === "string") return `${changeWords(change)}${typeof subject === "string" ? ` ${subject}` : ""}`;
  if (typeof permission === "string") return permission;
  return kindWords(record.kind);
}

/** How it ended, where the record says so. */
export function auditState({ record }: AuditEntry): string | null {
  return typeof record?.details.state === "string" ? record.details.state : null;
}

/** What stands in a record and quotes nobody's statements, rows or a server's words. */
const QUOTES_NOTHING = [
  "change",
  "subject",
  "state",
  "login",
  "permission",
  "by",
  "jobId",
  "tookMs",
  "systemIdentifier",
];

/** A record for somebody who may not read literals: who, when, what on what and how it ended stay. Its hash is then of more than is shown. */
export function redactAuditEntry(entry: AuditEntry): AuditEntry {
  if (entry.record === null) return entry;
  const kept = Object.entries(entry.record.details).filter(([name]) => QUOTES_NOTHING.includes(name));
  return { ...entry, record: { ...entry.record, details: Object.fromEntries(kept) } };
}

/** The statements that a record holds, in their order. */
export function auditSql({ details }: AuditRecord): string[] {
  const plan = details.plan;
  if (typeof plan !== "object" || plan === null || Array.isArray(plan) || !Array.isArray(plan.steps)) return [];
  return plan.steps.flatMap((step) => {
    if (typeof step !== "object" || step === null || Array.isArray(step) || !Array.isArray(step.sql)) return [];
    return step.sql.filter((one): one is string => typeof one === "string");
  });
}
