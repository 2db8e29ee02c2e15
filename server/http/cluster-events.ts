import "server-only";
import { collectorFor } from "@/server/live/collector";
import { openStreams } from "@/server/live/streams";
import { clusterGet } from "./cluster-get";

/** A comment line now and then, so that proxies keep the stream and a dead browser is noticed. */
const HEARTBEAT_MS = 15_000;

/** The one event stream of a browser: says only "topic X is now version N"; the browser then asks for what it shows. */
export function clusterEvents() {
  return clusterGet(async (target, request) => {
    const encoder = new TextEncoder();
    const collector = collectorFor(target);
    let close = () => {};
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        const send = (text: string) => {
          // A reader that does not read gets nothing queued: it asks for the newest versions when it comes back.
          if ((controller.desiredSize ?? 0) > -64) controller.enqueue(encoder.encode(text));
        };
        const unsubscribe = collector.subscribe((topic, version) =>
          send(`data: ${JSON.stringify({ topic, version })}\n\n`),
        );
        const heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
        let isOpen = true;
        close = () => {
          if (!isOpen) return;
          isOpen = false;
          clearInterval(heartbeat);
          unsubscribe();
          openStreams().delete(close);
          controller.close();
        };
        openStreams().add(close);
        request.signal.addEventListener("abort", close, { once: true });
        send("retry: 2000\n\n");
      },
      cancel: () => close(),
    });
    return new Response(body, {
      headers: { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" },
    });
  });
}
