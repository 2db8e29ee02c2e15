import "server-only";
import type { z } from "zod";
import type { TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";

/** What one read is told. */
export type Pass<T> = {
  /** Somebody asked for it, or something was changed: nothing that is remembered will do. */
  isAsked: boolean;
  /** What was read last; null: nothing yet. */
  last: T | null;
  /** Shows what is there while the read goes on: a part that is late costs itself only. */
  publish: (partial: T) => void;
};

/** A read on its own, of which nothing came before and nobody sees a part. */
export const SINGLE_PASS: Pass<unknown> = { isAsked: true, last: null, publish: () => {} };

/** One thing that the console keeps fresh: how it is read, and how often while somebody watches. */
export type Topic<T> = {
  name: TopicName;
  schema: z.ZodType<T>;
  /** Milliseconds between the end of one read and the start of the next; may depend on what was read last (a running job is read faster). */
  paceMs: (last: T | null) => number;
  /** Read at its pace also when nobody watches. Only `health` is. */
  always?: boolean;
  /** Read so seldom when nobody watches, for the history. Absent: then not at all. */
  restMs?: number;
  /** Longest pause that the budget may make of its pace, where it is another than for all topics; null: it is not. */
  mostMs?: (last: T) => number | null;
  /** How often it is read when nobody watches while this is going on, for its record. null: nothing is. */
  followMs?: (last: T) => number | null;
  read: (target: Target, pass: Pass<T>) => Promise<T>;
  /** The data as somebody without the right `activity:readRaw` sees them. null: they never hold words of people, rows or servers. */
  redact: ((data: T) => T) | null;
  /** Of the data what counts as news when it differs. Absent: all of it. */
  news?: (data: T) => unknown;
  /** Whoever reads it as it is does so on record. */
  isRawOnRecord?: boolean;
  /** Read by every console for itself, because it asks the cluster nothing. */
  isOwn?: boolean;
  /** Prepares the next read to ask more than usual: what "Read now" does. */
  thoroughly?: (target: Target) => void;
};

/** A topic of any type, as the collector holds it. */
export type AnyTopic = Topic<unknown>;

export function topic<T>(definition: Topic<T>): AnyTopic {
  const { paceMs, read, news, redact, followMs, mostMs, ...rest } = definition;
  // These are handed only what this topic's own `read` returned.
  return {
    ...rest,
    paceMs: (last) => paceMs(last as T | null),
    read: (target, pass) => read(target, pass as Pass<T>),
    redact: redact && ((data) => redact(data as T)),
    ...(followMs && { followMs: (last: unknown) => followMs(last as T) }),
    ...(mostMs && { mostMs: (last: unknown) => mostMs(last as T) }),
    ...(news && { news: (data: unknown) => news(data as T) }),
  };
}
