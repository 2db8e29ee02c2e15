import "server-only";
import { redactAnswers } from "@/lib/domain/redact-words";
import { ACTIVITY_PACE_SECONDS, shardActivitySchema } from "@/lib/domain/shard-activity";
import { topic } from "@/server/live/topic";
import { readShardActivity } from "./reads";

/** It looks up every shard's counters, so it is read seldom, and never while nobody looks at the map by activity. */
export const shardActivityTopic = topic({
  name: "shard-activity",
  schema: shardActivitySchema,
  paceMs: () => ACTIVITY_PACE_SECONDS * 1_000,
  read: (target) => readShardActivity(target),
  redact: ({ answers }) => ({ answers: redactAnswers(answers) }),
});
