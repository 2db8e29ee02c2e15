import "server-only";
import { healthSchema } from "@/lib/domain/health";
import { topic } from "@/server/live/topic";
import { readHealth } from "./reads";

/** Read always, so that the first page after a quiet night knows at once whether the cluster is there. */
export const healthTopic = topic({
  name: "health",
  schema: healthSchema,
  paceMs: () => 3_000,
  always: true,
  read: readHealth,
  redact: null,
});
