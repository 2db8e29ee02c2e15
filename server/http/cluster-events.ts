import "server-only";
import { collectorFor } from "@/server/live/collector";
import { eventStream } from "@/server/live/event-stream";
import { clusterGet } from "./cluster-get";

/** The one event stream of a browser: says only "topic X is now version N"; the browser then asks for what it shows. */
export function clusterEvents() {
  return clusterGet("cluster:read", async (target, request) => {
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
    return new Response(eventStream(collectorFor(target), request.signal), { headers });
  });
}
