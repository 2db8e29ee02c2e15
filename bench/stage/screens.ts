import type { TopicName } from "../../lib/domain/live.ts";

/** What the screens ask for: a third of the people look at the shards, a third at the overview, a third at the sessions. */
export const SCREENS: readonly (readonly TopicName[])[] = [
  ["health", "nodes", "topology", "sizes", "runs"],
  ["health", "nodes", "node-facts", "topology", "sizes", "jobs", "activity", "runs"],
  ["health", "nodes", "activity", "runs"],
];
