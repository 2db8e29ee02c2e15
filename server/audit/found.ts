import "server-only";
import { z } from "zod";
import { type AuditRecord, auditActorSchema, auditRecordSchema } from "@/lib/domain/audit";
import { lineOf } from "./chain";

/** What stands where a record should. `seq` null: not even its number can be read. */
export type Found = { seq: number | null; record: AuditRecord } | { seq: number | null; record: null; why: string };

/** Read without any expectation: what somebody changed must still arrive here, to be named. */
export const auditRowSchema = z.record(z.string(), z.unknown());
export type AuditRow = z.infer<typeof auditRowSchema>;

const rowSchema = z.object({
  seq: z.int().positive(),
  at: z.int(),
  kind: z.string(),
  cluster_id: z.string().nullable(),
  actor_id: z.string().nullable(),
  run_id: z.string().nullable(),
  body: z.string(),
  prev: z.string(),
  hash: z.string(),
});
const bodySchema = z.object({ actor: auditActorSchema.nullable(), details: z.record(z.string(), z.json()) });

/** A row of the table as the record that was hashed. A column that says something else than the record is no fit. */
export function foundInRow(raw: AuditRow): Found {
  const seq = z.int().safeParse(raw.seq).data ?? null;
  const unreadable = (why: string): Found => ({ seq, record: null, why });
  const row = rowSchema.safeParse(raw);
  if (!row.success) return unreadable(`column ${row.error.issues[0]?.path.join(".")} does not hold what it should`);
  const { at, kind, cluster_id, actor_id, run_id, body, prev, hash } = row.data;
  const parsed = parsedJson(body);
  if (parsed === null || !bodySchema.safeParse(parsed).success) return unreadable("its body is not that of a record");
  // From the parsed text itself, not from what zod made of it: zod drops keys such as __proto__.
  const { actor, details } = parsed as z.infer<typeof bodySchema>;
  if (JSON.stringify({ actor, details }) !== body)
    return unreadable("its body is not written as the console writes it");
  if ((actor?.id ?? null) !== actor_id) return unreadable("the column actor_id names somebody else than the record");
  if (Math.abs(at) > 8.64e15) return unreadable("its time is none");
  const record = { seq: row.data.seq, at: new Date(at).toISOString(), kind, clusterId: cluster_id };
  return checked(seq, { ...record, actor, runId: run_id, details, prev, hash });
}

/** A line of an export as the record it holds. Only the very text that the console writes counts: nothing may be added to it. */
export function foundInLine(line: string): Found {
  const parsed = parsedJson(line);
  if (typeof parsed !== "object" || parsed === null) return { seq: null, record: null, why: "it is not JSON" };
  const seq = "seq" in parsed ? (z.int().safeParse(parsed.seq).data ?? null) : null;
  const found = checked(seq, parsed);
  if (found.record && lineOf(found.record) !== line)
    return { seq, record: null, why: "the line is not written as the console writes it" };
  return found;
}

function checked(seq: number | null, raw: unknown): Found {
  const shape = auditRecordSchema.safeParse(raw);
  if (shape.success) return { seq, record: raw as AuditRecord };
  const [issue] = shape.error.issues;
  return { seq, record: null, why: `${issue?.path.join(".") || "it"} does not hold what it should` };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Said by the caller, in its own words, as a record that does not fit.
    return null;
  }
}
