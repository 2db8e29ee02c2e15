import "server-only";
import { type AuditEntry, type AuditFilter, auditAboutSchema } from "@/lib/domain/audit";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Database } from "@/server/store/database";
import { type AuditRow, type Found, foundInRow } from "./found";
import { BACKWARD, FORWARD } from "./statements";

type Asked = Pick<Database, "all">;

/** `actorId`: only what this person did, whatever the filter says. */
export type AuditQuery = { clusterId: ClusterId; filter: AuditFilter; actorId: string | null };

const PAGE = 500;
/** A search for words reads bodies: after so many records it stops and says how far it came. */
const SEARCHED_AT_MOST = 20_000;

/** One page, newest first. `next`: where to go on; null: everything was looked at. */
export async function listAudit(
  database: Asked,
  query: AuditQuery,
  { before = Number.MAX_SAFE_INTEGER, limit = 100 } = {},
): Promise<{ entries: AuditEntry[]; next: number | null }> {
  const entries: AuditEntry[] = [];
  let searched = 0;
  for await (const { entry, isWanted } of walkAudit(database, query, before)) {
    if (isWanted) entries.push(entry);
    searched += 1;
    if (entries.length === limit || searched === SEARCHED_AT_MOST) return { entries, next: entry.seq };
  }
  return { entries, next: null };
}

/** Everything the filter wants, newest first, read page by page. */
export async function* everyAuditEntry(database: Asked, query: AuditQuery): AsyncGenerator<AuditEntry> {
  for await (const { entry, isWanted } of walkAudit(database, query, Number.MAX_SAFE_INTEGER))
    if (isWanted) yield entry;
}

async function* walkAudit(database: Asked, { clusterId, filter, actorId }: AuditQuery, before: number) {
  const [from, until] = span(filter);
  const cluster = filter.scope === "console" ? "*" : clusterId;
  const where = [from, until, cluster, actorId ?? filter.person ?? null, filter.kind ?? null, filter.run ?? null];
  for (let below = before; ; ) {
    const began = below;
    const rows = await database.all(BACKWARD, [below, ...where, PAGE]);
    for (const row of rows) {
      const entry = entryOf(row);
      if (entry === null) continue;
      below = entry.seq;
      yield { entry, isWanted: isWanted(entry, filter) && (actorId === null || entry.record?.actor?.id === actorId) };
    }
    if (rows.length < PAGE || below === began) return;
  }
}

/** The chain in its order, as it stands in the table. Ends where a number cannot be read: nothing can be counted on from there. */
export async function* walkChain(database: Asked, from = 1, until = Number.MAX_SAFE_INTEGER): AsyncGenerator<Found> {
  for (let next = from; ; ) {
    const rows = await database.all(FORWARD, [next, PAGE]);
    for (const row of rows) {
      const found = foundInRow(row);
      if (found.seq !== null && found.seq > until) return;
      yield found;
      if (found.seq === null) return;
      next = found.seq + 1;
    }
    if (rows.length < PAGE) return;
  }
}

function entryOf(row: AuditRow): AuditEntry | null {
  const found = foundInRow(row);
  if (found.seq === null) return null;
  return { seq: found.seq, record: found.record, about: aboutOf(row.intent_body) };
}

function aboutOf(intentBody: unknown): AuditEntry["about"] {
  if (typeof intentBody !== "string") return null;
  try {
    return auditAboutSchema.safeParse(JSON.parse(intentBody).details).data ?? null;
  } catch {
    return null; // An intent that cannot be read stands in the list itself, as such.
  }
}

function isWanted({ record, about }: AuditEntry, { change, state, text }: AuditFilter): boolean {
  if (change === undefined && state === undefined && text === undefined) return true;
  if (record === null) return false;
  const { details } = record;
  if (change !== undefined && (about?.change ?? details.change) !== change) return false;
  if (state !== undefined && details.state !== state) return false;
  return text === undefined || wordsOf(record, about).includes(text.toLowerCase());
}

/** What a reader sees of a record, as one text: strings as they are, not as JSON escapes them. */
function wordsOf(...values: unknown[]): string {
  const words: string[] = [];
  const gather = (value: unknown): void => {
    if (typeof value === "string" || typeof value === "number") words.push(String(value));
    else if (typeof value === "object" && value !== null) Object.values(value).forEach(gather);
  };
  gather(values);
  return words.join("\n").toLowerCase();
}

/** Days in UTC, as the table shows them, both included. */
function span({ from, until }: AuditFilter): [number, number] {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
  return [from === undefined ? 0 : day(from), until === undefined ? Number.MAX_SAFE_INTEGER : day(until) + 86_400_000];
}
