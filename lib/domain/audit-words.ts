import { z } from "zod";
import type { AuditEntry, AuditKind, AuditRecord } from "./audit";
import { noteSchema } from "./change";
import { changeWords } from "./change-words";

const KIND_WORDS: Record<AuditKind, string> = {
  "console-started": "Console started",
  "signed-in": "Signed in",
  "sign-in-refused": "Sign-in refused",
  "signed-out": "Signed out",
  "session-ended": "Session ended",
  "person-changed": "Person changed",
  refused: "Refused",
  "raw-read": "Raw read",
  intent: "Intent",
  detached: "Left behind",
  outcome: "Outcome",
  reconciled: "Outcome found out",
  closed: "Closed by a person",
  acknowledged: "Misfit acknowledged",
  "brakes-set": "Brakes set",
};

/** What a kind is called in the list. */
export function kindWords(kind: AuditKind): string {
  return KIND_WORDS[kind];
}

/** What a record is about, in a few words: "Drain :55167", "Read statements with their values". */
export function auditWords({ record, about }: AuditEntry): string {
  if (record === null) return "This record cannot be read";
  if (about) return `${changeWords(about.change)} ${about.subject}`;
  const { change, permission, subject } = record.details;
  if (typeof change === "string") return `${changeWords(change)}${typeof subject === "string" ? ` ${subject}` : ""}`;
  if (typeof permission === "string") return permission;
  if (record.kind === "raw-read") return "Read statements with their values";
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

const planSchema = z.object({
  steps: z.array(z.object({ title: z.string(), sql: z.array(z.string()) })),
  notes: z.array(noteSchema),
  fingerprint: z.string(),
});

/** The plan as it was confirmed, which the record of an intent holds; null: it holds none. */
export function auditPlan({ details }: AuditRecord): z.infer<typeof planSchema> | null {
  return planSchema.safeParse(details.plan).data ?? null;
}

const NAMES: Record<string, string> = {
  state: "Ended",
  reason: "Reason",
  because: "Because",
  applicationName: "Session in PostgreSQL",
  systemIdentifier: "Database system",
  jobId: "Background job",
  effect: "Effect",
  problem: "Problem",
  steps: "Steps",
  tookMs: "Took (ms)",
  foundOut: "How it was found out",
  input: "Asked for",
  permission: "Right",
  by: "By",
  what: "What",
};
/** What stands elsewhere: in the head, as statements, as the plan. */
const ELSEWHERE = new Set(["change", "subject", "plan", "login"]);

/** What else a record says, each with its name, as text. What it leaves empty is left out. */
export function auditRest({ details }: AuditRecord): [name: string, text: string][] {
  return Object.entries(details).flatMap(([name, value]): [string, string][] =>
    ELSEWHERE.has(name) || value === null ? [] : [[NAMES[name] ?? name, textOf(name, value)]],
  );
}

function textOf(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (name === "effect" && typeof value === "object" && value !== null && "sentence" in value)
    return String(value.sentence);
  return JSON.stringify(value, null, 2);
}
