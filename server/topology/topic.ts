import "server-only";
import { topologySchema } from "@/lib/domain/topology";
import { topic } from "@/server/live/topic";
import { readWatchedTopology } from "./watched";

export const topologyTopic = topic({
  name: "topology",
  schema: topologySchema,
  paceMs: () => 3_000,
  restMs: 5 * 60_000,
  read: readWatchedTopology,
  redact: null,
});
