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
 * A topic's newest snapshot as it travels. `data` null: never read yet, and `problem` says why.
 * A failed refresh never removes data: it adds the problem and lets the age grow.
 */
export function snapshotSchema<T extends z.ZodType>(data: T) {
  return z.object({
    /** Changes when data, problem or partial change; the ETag. */
    version: z.string(),
    data: data.nullable(),
    /** Milliseconds since the data was read, at the moment of sending: ages need no agreement of clocks. null: never. */
    ageMs: z.number().nullable(),
    tookMs: z.number().nullable(),
    /** The last refresh failed with this; null: it did not. */
    problem: problemSchema.nullable(),
    failingForMs: z.number().nullable(),
    /** Why literals and servers' words are hidden in it. Absent: they are not. */
    hiddenBecause: z.string().optional(),
  });
}
export type Snapshot<T> = {
  version: string;
  data: T | null;
  ageMs: number | null;
  tookMs: number | null;
  problem: z.infer<typeof problemSchema> | null;
  failingForMs: number | null;
  hiddenBecause?: string | undefined;
};

/** One line of a cluster's event stream: topic X is now version N. */
export const liveEventSchema = z.object({ topic: topicNameSchema, version: z.string() });
