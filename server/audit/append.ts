import "server-only";
import { z } from "zod";
import type { AuditHead, AuditKind, AuditRecord } from "@/lib/domain/audit";
import { AppError, isAppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import { type Database, storeStatement } from "@/server/store/database";
import { state } from "@/server/store/state";
import { GENESIS, hashOf } from "./chain";
import { foundInRow } from "./found";
import { HEAD } from "./statements";

export type AuditEvent = {
  kind: AuditKind;
  clusterId?: string | null;
  actor?: Pick<Actor, "id" | "name" | "sessionId" | "from"> | null;
  runId?: string | null;
  details?: AuditRecord["details"];
};

type Inside = Pick<Database, "all" | "dialect">;

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
  return dressed(async () => {
    await alone(inside);
    return appendAfter(inside, await soundHead(inside), event, now);
  });
}

/** Puts one event on record, durable when it resolves. @throws AppError `record_failed` */
export async function appendAudit(event: AuditEvent): Promise<AuditRecord> {
  return dressed(async () => (await state()).transaction((inside) => appendInside(inside, event)));
}

/**
 * Goes on after records that do not fit: what a person who looked at them writes behind them. The chain is not mended by it, and
 * a check of the whole still names them.
 *
 * @throws AppError `record_failed`
 */
export async function acknowledgeInside(inside: Inside, details: AuditRecord["details"]): Promise<AuditRecord> {
  return dressed(async () => {
    await alone(inside);
    const [row] = await inside.all(HEAD);
    const seq = z.int().safeParse(row?.seq).data;
    const hash = z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .safeParse(row?.hash).data;
    if (row && seq === undefined) throw new AppError("record_failed", "The newest record of the audit has no number.");
    const head = { seq: seq ?? 0, hash: hash ?? GENESIS };
    return appendAfter(inside, head, { kind: "acknowledged", details }, Date.now());
  });
}

async function appendAfter(inside: Inside, head: AuditHead, event: AuditEvent, now: number): Promise<AuditRecord> {
  const unsigned = {
    seq: head.seq + 1,
    at: new Date(now).toISOString(),
    kind: event.kind,
    clusterId: event.clusterId ?? null,
    actor: event.actor ? only(event.actor) : null,
    runId: event.runId ?? null,
    details: event.details ?? {},
    prev: head.hash,
  };
  const record: AuditRecord = { ...unsigned, hash: hashOf(unsigned) };
  const { seq, kind, clusterId, actor, runId, prev, hash } = record;
  const body = JSON.stringify({ actor, details: record.details });
  await inside.all(APPEND, [seq, now, kind, clusterId, actor?.id ?? null, runId, body, prev, hash]);
  return record;
}

/** What is written behind a record that does not fit would make it look as if it did: whoever holds the last hash could forge on. */
async function soundHead(inside: Inside): Promise<AuditHead> {
  const [row] = await inside.all(HEAD);
  if (!row) return { seq: 0, hash: GENESIS };
  const found = foundInRow(row);
  const why =
    found.record === null
      ? found.why
      : hashOf(found.record) === found.record.hash
        ? null
        : "its hash is not that of what it says";
  if (found.record === null || why !== null)
    throw new AppError(
      "record_failed",
      `The newest record of the audit (#${found.seq ?? "?"}) does not fit: ${why}. Nothing is done until somebody has looked at it and run: shardboard audit acknowledge.`,
    );
  return { seq: found.record.seq, hash: found.record.hash };
}

async function alone(inside: Inside): Promise<void> {
  if (inside.dialect === "postgres") await inside.all(ALONE);
}

async function dressed<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isAppError(cause) && cause.code === "record_failed") throw cause;
    throw new AppError("record_failed", "The audit in the console's own database cannot be written.", { cause });
  }
}

function only({ id, name, sessionId, from }: Pick<Actor, "id" | "name" | "sessionId" | "from">) {
  return { id, name, sessionId, from };
}
