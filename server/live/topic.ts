import "server-only";
import type { z } from "zod";
import type { TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";

/** One thing that the console keeps fresh: how it is read, and how often while somebody watches. */
export type Topic<T> = {
  name: TopicName;
  schema: z.ZodType<T>;
  /** Milliseconds between the end of one read and the start of the next; may depend on what was read last (a running job is read faster). */
  paceMs: (last: T | null) => number;
  /** Read also when nobody watches. Only `health` is. */
  always?: boolean;
  read: (target: Target) => Promise<T>;
};

/** A topic of any type, as the collector holds it. */
export type AnyTopic = Topic<unknown>;

export function topic<T>(definition: Topic<T>): AnyTopic {
  // The collector hands `paceMs` only what this topic's own `read` returned.
  return { ...definition, paceMs: (last) => definition.paceMs(last as T | null) };
}
