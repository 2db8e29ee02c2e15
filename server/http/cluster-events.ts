import "server-only";
import { isAppError } from "@/lib/errors";
import { requireRight } from "@/server/auth/actor";
import { requireActor } from "@/server/auth/require-actor";
import type { Target } from "@/server/clusters";
import { collectorFor } from "@/server/live/collector";
import { eventStream } from "@/server/live/event-stream";
import { clusterGet } from "./cluster-get";
import { newsOf } from "./news";
import { takeStreamPlace } from "./stream-places";

/** The one event stream of a browser: says "topic X is now version N", with what differs where that is little; for the rest the browser asks. */
export function clusterEvents() {
  return clusterGet("cluster:read", async (target, request, _params, actor) => {
    const giveBack = takeStreamPlace(actor.id);
    const headers = { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" };
    const asked = new Headers(request.headers);
    const stream = eventStream(collectorFor(target), {
      gone: request.signal,
      stillMay: () => mayStillListen(target, asked),
      ended: giveBack,
      tell: newsOf(target),
    });
    return new Response(stream, { headers });
  });
}

/** Asked again while the stream is open. null: the state cannot be read just now, which ends no stream. */
async function mayStillListen(target: Target, asked: Headers): Promise<boolean | null> {
  try {
    requireRight(await requireActor(asked, false), "cluster:read", target);
    return true;
  } catch (cause) {
    return isAppError(cause) && cause.code === "state_failed" ? null : false;
  }
}
