import "server-only";
import type { AuditEntry } from "@/lib/domain/audit";
import { csvLine } from "@/lib/format/csv";
import { lineOf } from "./chain";

const HEAD = ["seq", "at", "kind", "cluster", "person", "name", "session", "from", "run", "change", "subject", "state"];

/** As `shardboard audit verify --part` checks it. What cannot be read as a record is left out: no line could say it truly. */
export async function* auditAsLines(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  for await (const { record } of entries) if (record) yield `${lineOf(record)}\n`;
}

/** For spreadsheets. */
export async function* auditAsCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield csvLine([...HEAD, "details", "prev", "hash"]);
  for await (const { record, about } of entries) {
    if (!record) continue;
    const { seq, at, kind, clusterId, actor, runId, details, prev, hash } = record;
    const who = [actor?.id ?? null, actor?.name ?? null, actor?.sessionId ?? null, actor?.from ?? null];
    const state = typeof details.state === "string" ? details.state : null;
    const what = [about?.change ?? null, about?.subject ?? null, state];
    yield csvLine([seq, at, kind, clusterId, ...who, runId, ...what, JSON.stringify(details), prev, hash]);
  }
}
