import "server-only";
import { z } from "zod";
import { type LookedAt, TOPICS, topicNameSchema } from "@/lib/domain/live";
import { collectorFor } from "@/server/live/collector";
import { TOPIC_DEFINITIONS } from "@/server/live/topics";
import { parse } from "@/server/parse";
import { clusterGet } from "./cluster-get";
import { versionFor } from "./snapshot-for";

const askedSchema = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(topicNameSchema).max(TOPICS.length));

/**
 * For a screen that has its topics: keeps them watched, and says their versions and ages. One request in place of one for each topic,
 * of which nearly all would be answered with "nothing new". Never waits for the cluster.
 */
export function clusterLook() {
  return clusterGet("cluster:read", async (target, request, _params, actor) => {
    const asked = parse(askedSchema, new URL(request.url).searchParams.get("topics"));
    const collector = collectorFor(target);
    const topics = asked.map(async (topic): Promise<LookedAt> => {
      const reader = collector.reader(topic);
      await reader.watch(0);
      const snapshot = reader.snapshot();
      const { ageMs, failingForMs } = snapshot;
      return { topic, version: versionFor(actor, target, TOPIC_DEFINITIONS[topic], snapshot), ageMs, failingForMs };
    });
    return Response.json({ topics: await Promise.all(topics) }, { headers: { "cache-control": "no-store" } });
  });
}
