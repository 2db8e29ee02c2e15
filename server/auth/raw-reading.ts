import "server-only";
import { ALLOWED, refused, type Verdict } from "@/lib/domain/cluster";
import { appendAudit } from "@/server/audit/append";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { type Actor, mayActor } from "./actor";

/** A screen asks every few seconds: one record tells that somebody read for about this long. */
const RECORDED_FOR_MS = 10 * 60_000;

type Recorded = { at: number; done: Promise<Verdict> };
/** On globalThis, because routes and actions are separate module graphs: person, session and cluster → the last record. */
const holder = globalThis as typeof globalThis & { __shardboardRawReads?: Map<string, Recorded> };

/** Whether somebody may see words of people, rows and servers as they are, without a record of it. */
export function mayReadRaw(actor: Actor, target: Target): Verdict {
  return mayActor(actor, "activity:readRaw", target);
}

/**
 * The same for statements with their literals, and puts it on record, once per session, cluster and ten minutes. Where that cannot be
 * written the literals stay hidden.
 */
export async function readRawOnRecord(actor: Actor, target: Target, what: string, now = Date.now()): Promise<Verdict> {
  const verdict = mayReadRaw(actor, target);
  if (!verdict.allowed) return verdict;
  holder.__shardboardRawReads ??= new Map();
  const recorded = holder.__shardboardRawReads;
  for (const [key, { at }] of recorded) if (now - at >= RECORDED_FOR_MS) recorded.delete(key);
  const key = JSON.stringify([actor.id, actor.sessionId, target.clusterId]);
  const known = recorded.get(key);
  if (known) return known.done;
  const done = record(actor, target, what);
  recorded.set(key, { at: now, done });
  if (!(await done).allowed) recorded.delete(key);
  return done;
}

async function record(actor: Actor, target: Target, what: string): Promise<Verdict> {
  try {
    await appendAudit({ kind: "raw-read", clusterId: target.clusterId, actor, details: { what } });
    return ALLOWED;
  } catch (cause) {
    log.error("reading literals could not be put on record", { cause, clusterId: target.clusterId });
    return refused("The audit cannot be written, and literals are read on record only.");
  }
}
