import "server-only";
import { isColumnTopic } from "@/lib/domain/layout-codec";
import { topicNameSchema } from "@/lib/domain/live";
import { collectorFor } from "@/server/live/collector";
import { TOPIC_DEFINITIONS } from "@/server/live/topics";
import { parse } from "@/server/parse";
import { clusterGet } from "./cluster-get";
import { columnsResponse } from "./columns-response";
import { sharedJson } from "./shared-json";
import { seenAlike, snapshotFor } from "./snapshot-for";

/** How long the first asker waits for a topic that was never read. Later ones get the last snapshot at once. */
const PATIENCE_MS = 2_500;

/** The newest snapshot of one topic, or 304 with its age when the browser has that version. Never waits for the cluster once there is one. */
export function clusterLive() {
  return clusterGet("cluster:read", async (target, request, params, actor) => {
    const topic = parse(topicNameSchema, params.topic);
    const reader = collectorFor(target).reader(topic);
    await reader.watch(PATIENCE_MS);
    const snapshot = await snapshotFor(actor, target, TOPIC_DEFINITIONS[topic], reader.snapshot());
    const etag = `"${snapshot.version}"`;
    const headers = {
      etag,
      "cache-control": "no-store",
      "x-age-ms": String(snapshot.ageMs ?? ""),
      "x-took-ms": String(snapshot.tookMs ?? ""),
      "x-failing-for-ms": String(snapshot.failingForMs ?? ""),
    };
    if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers });
    if (isColumnTopic(topic)) return columnsResponse(target, topic, snapshot, request, headers);
    return sharedJson(seenAlike(target, topic, snapshot), snapshot, headers);
  });
}
