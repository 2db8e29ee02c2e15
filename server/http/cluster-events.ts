import "server-only";
import { isAppError } from "@/lib/errors";
import { requireRight } from "@/server/auth/actor";
import { requireActor } from "@/server/auth/require-actor";
import type { Target } from "@/server/clusters";
import { collectorFor } from "@/server/live/collector";
import { eventStream } from "@/server/live/event-stream";
import { clusterGet } from "./cluster-get";
import { takeStreamPlace } from "./stream-places";

/** The one event stream of a browser: says only "topic X is now version N"; the browser then asks for what it shows. */
export function clusterEvents() {
  return clusterGet("cluster:read", async (target, request, _params, actor) => {
    const giveBack = takeStreamPlace(actor.id);
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
    const asked = new Headers(request.headers);
    const stillMay = () => mayStillListen(target, asked);
    return new Response(eventStream(collectorFor(target), request.signal, stillMay, giveBack), { headers });
  });
}

/** Asked again while the stream is open. A state that cannot be read just now ends nothing: the stream carries no data. */
async function mayStillListen(target: Target, asked: Headers): Promise<boolean> {
  try {
    requireRight(await requireActor(asked, false), "cluster:read", target);
    return true;
  } catch (cause) {
    return isAppError(cause) && cause.code === "state_failed";
  }
}
