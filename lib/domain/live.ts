import { z } from "zod";
import { problemSchema } from "../errors";

/** Everything the console keeps fresh by itself. Each is read by one collector per cluster, whoever watches. */
export const TOPICS = [
  "health",
  "nodes",
  "node-facts",
  "topology",
  "sizes",
  "shard-activity",
  "local-tables",
  "jobs",
  "activity",
  "replication",
  "debris",
  "runs",
] as const;
export type TopicName = (typeof TOPICS)[number];
export const topicNameSchema = z.enum(TOPICS);

/**
 * A topic's newest snapshot as it travels: the same for all who see the same. Its ages differ from request to request, and stand in the
 * answer's headers. `data` null: never read yet, and `problem` says why.
 * A failed refresh never removes data: it adds the problem and lets the age grow.
 */
export function contentSchema<T extends z.ZodType>(data: T) {
  return z.object({
    /** Changes when data, problem or partial change; the ETag. */
    version: z.string(),
    data: data.nullable(),
    /** The last refresh failed with this; null: it did not. */
    problem: problemSchema.nullable(),
    /** Why literals and servers' words are hidden in it. Absent: they are not. */
    hiddenBecause: z.string().optional(),
  });
}
export type Content<T> = {
  version: string;
  data: T | null;
  problem: z.infer<typeof problemSchema> | null;
  hiddenBecause?: string | undefined;
};
export type Snapshot<T> = Content<T> & {
  /** Milliseconds since the data was read, at the moment of sending: ages need no agreement of clocks. null: never. */
  ageMs: number | null;
  tookMs: number | null;
  failingForMs: number | null;
};

/** What differs from the version before, where that is little: whoever has that version need not ask. */
const stepSchema = z.object({
  since: z.string(),
  /** The bytes that an answer to `since` would be, in Base64. */
  columns: z.string(),
  ageMs: z.number().nullable(),
  tookMs: z.number().nullable(),
});
export type Step = z.infer<typeof stepSchema>;

/** One line of a cluster's event stream: topic X is now version N. */
export const liveEventSchema = z.object({ topic: topicNameSchema, version: z.string(), step: stepSchema.optional() });
export type LiveEvent = z.infer<typeof liveEventSchema>;

const lookedAtSchema = z.object({
  topic: topicNameSchema,
  version: z.string(),
  ageMs: z.number().nullable(),
  failingForMs: z.number().nullable(),
});
/** How the topics are that somebody says they still look at: as a snapshot, without what is in it. */
export const lookSchema = z.object({ topics: z.array(lookedAtSchema) });
export type LookedAt = z.infer<typeof lookedAtSchema>;
