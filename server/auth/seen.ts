import "server-only";
import { log } from "@/server/log";
import { type Session, touchSession } from "@/server/store/sessions";
import { state } from "@/server/store/state";

/** A session's last sign of life is written at most this often: a console that only looks must not write all the time. */
const WRITE_EVERY_MS = 60_000;
const MOST_KNOWN = 10_000;

const holder = globalThis as typeof globalThis & { __shardboardSeen?: Map<string, { at: number; writtenAt: number }> };

function known() {
  holder.__shardboardSeen ??= new Map();
  return holder.__shardboardSeen;
}

/** The newest sign of life: what is stored, or what this process saw since. */
export function lastSeen(session: Session): number {
  return Math.max(session.seenAt, known().get(session.id)?.at ?? 0);
}

/** Somebody looked. Where it cannot be written (disk full) it is remembered here and reading goes on. */
export function markSeen(session: Session, now: number): void {
  const seen = known();
  const before = seen.get(session.id);
  const writtenAt = Math.max(before?.writtenAt ?? 0, session.seenAt);
  const isDue = now - writtenAt >= WRITE_EVERY_MS;
  seen.delete(session.id);
  seen.set(session.id, { at: now, writtenAt: isDue ? now : writtenAt });
  // In order of their last sign: the first is the one that was silent for longest.
  const [oldest] = seen.keys();
  if (seen.size > MOST_KNOWN && oldest !== undefined) seen.delete(oldest);
  if (isDue)
    state()
      .then((database) => touchSession(database, session.id, now))
      .catch((cause: unknown) => log.warn("a session's last use could not be written", { cause }));
}
