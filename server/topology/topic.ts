import "server-only";
import { topologySchema } from "@/lib/domain/topology";
import { topic } from "@/server/live/topic";
import { readTopology } from "./reads";

export const topologyTopic = topic({
  name: "topology",
  schema: topologySchema,
  paceMs: () => 3_000,
  restMs: 5 * 60_000,
  read: readTopology,
  redact: null,
});
