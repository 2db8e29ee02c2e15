import "server-only";
import type { TopicName } from "@/lib/domain/live";
import { activityTopic } from "@/server/activity/topic";
import { debrisTopic } from "@/server/debris/topic";
import { healthTopic } from "@/server/health/topic";
import { jobsTopic } from "@/server/jobs/topic";
import { nodeFactsTopic } from "@/server/nodes/facts-topic";
import { nodesTopic } from "@/server/nodes/topic";
import { replicationTopic } from "@/server/replication/topic";
import { runsTopic } from "@/server/runs/topic";
import { shardActivityTopic } from "@/server/shard-activity/topic";
import { sizesTopic } from "@/server/sizes/topic";
import { localTablesTopic } from "@/server/tables/topic";
import { topologyTopic } from "@/server/topology/topic";
import type { AnyTopic } from "./topic";

/** Every topic with its definition; a name without one does not compile. */
export const TOPIC_DEFINITIONS: Record<TopicName, AnyTopic> = {
  health: healthTopic,
  nodes: nodesTopic,
  "node-facts": nodeFactsTopic,
  topology: topologyTopic,
  sizes: sizesTopic,
  "shard-activity": shardActivityTopic,
  "local-tables": localTablesTopic,
  jobs: jobsTopic,
  activity: activityTopic,
  replication: replicationTopic,
  debris: debrisTopic,
  runs: runsTopic,
};
