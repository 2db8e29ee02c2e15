import "server-only";
import { z } from "zod";
import type { AuditKind, AuditRecord } from "@/lib/domain/audit";
import { AppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import { type Database, storeStatement } from "@/server/store/database";
import { state } from "@/server/store/state";
import { GENESIS, hashOf } from "./chain";

export type AuditEvent = {
  kind: AuditKind;
  clusterId?: string | null;
  actor?: Pick<Actor, "id" | "name" | "sessionId" | "from"> | null;
  runId?: string | null;
  details?: AuditRecord["details"];
};

type Inside = Pick<Database, "all" | "dialect">;

const HEAD = storeStatement({
  text: "select seq, hash from audit order by seq desc limit 1",
  row: z.object({ seq: z.number(), hash: z.string() }),
});
const APPEND = storeStatement({
  text: `insert into audit (seq, at, kind, cluster_id, actor_id, run_id, body, prev, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  row: z.object({}),
});
/** Two replicas never write the same number: the second waits for the first's commit. */
const ALONE = storeStatement({ text: "select pg_advisory_xact_lock(5832742)", row: z.object({}) });

/**
 * Puts one event on record, inside a transaction of the caller: the record and what it tells of are there together or not at all.
 *
 * @throws AppError `record_failed`: then the caller's transaction must not go on
 */
export async function appendInside(inside: Inside, event: AuditEvent, now = Date.now()): Promise<AuditRecord> {
  try {
    if (inside.dialect === "postgres") await inside.all(ALONE);
    const [head] = await inside.all(HEAD);
    const unsigned = {
      seq: (head?.seq ?? 0) + 1,
      at: new Date(now).toISOString(),
      kind: event.kind,
      clusterId: event.clusterId ?? null,
      actor: event.actor ? only(event.actor) : null,
      runId: event.runId ?? null,
      details: event.details ?? {},
      prev: head?.hash ?? GENESIS,
    };
    const record: AuditRecord = { ...unsigned, hash: hashOf(unsigned) };
    const { seq, kind, clusterId, actor, runId, prev, hash } = record;
    const body = JSON.stringify({ actor, details: record.details });
    await inside.all(APPEND, [seq, now, kind, clusterId, actor?.id ?? null, runId, body, prev, hash]);
    return record;
  } catch (cause) {
    throw new AppError("record_failed", "The audit in the console's own database cannot be written.", { cause });
  }
}

/** Puts one event on record, durable when it resolves. @throws AppError `record_failed` */
export async function appendAudit(event: AuditEvent): Promise<AuditRecord> {
  const database = await state().catch((cause: unknown) => {
    throw new AppError("record_failed", "The console's own database cannot be opened.", { cause });
  });
  return database.transaction((inside) => appendInside(inside, event));
}

function only({ id, name, sessionId, from }: Pick<Actor, "id" | "name" | "sessionId" | "from">) {
  return { id, name, sessionId, from };
}
