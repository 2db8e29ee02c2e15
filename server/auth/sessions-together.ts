import "server-only";
import { findSessions, type SessionOwner } from "@/server/store/sessions";
import { state } from "@/server/store/state";

type Batch = { hashes: Set<string>; found: Promise<ReadonlyMap<string, SessionOwner>> };
/** On globalThis: routes are separate module graphs, and ask together. */
const holder = globalThis as typeof globalThis & { __shardboardSessionsAsked?: Batch | undefined };

/**
 * The session of a cookie, asked for together with all others that are asked for in the same turn: 200 open event streams look after
 * their people with four questions instead of 200. Nothing is kept: every answer was read after it was asked for.
 */
export async function findSessionTogether(cookieHash: string): Promise<SessionOwner | null> {
  holder.__shardboardSessionsAsked ??= begin();
  const batch = holder.__shardboardSessionsAsked;
  batch.hashes.add(cookieHash);
  return (await batch.found).get(cookieHash) ?? null;
}

function begin(): Batch {
  const hashes = new Set<string>();
  const found = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
    holder.__shardboardSessionsAsked = undefined;
    return findSessions(await state(), [...hashes]);
  });
  return { hashes, found };
}
