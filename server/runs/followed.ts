import "server-only";
import type { RunRecord } from "./record";

/** A run that this process sees to its end. */
export type Followed = { record: RunRecord; ended: Promise<void> };

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardFollowed?: Map<string, Followed> };

export function followedRuns(): Map<string, Followed> {
  holder.__shardboardFollowed ??= new Map();
  return holder.__shardboardFollowed;
}

/** Keeps a run among those that this process follows until `work` on it is over. */
export function followUntil(record: RunRecord, work: Promise<void>): Promise<void> {
  const { id } = record.run;
  const ended = work.finally(() => followedRuns().delete(id));
  followedRuns().set(id, { record, ended });
  return ended;
}
