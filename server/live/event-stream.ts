import "server-only";
import type { Collector } from "./collector";
import { openStreams } from "./streams";

/** A comment line now and then, so that proxies keep the stream and a dead browser is noticed. */
const HEARTBEAT_MS = 15_000;

/** A collector's news as they come. Ends, and lets go of the collector, when the browser leaves, when it left before the stream began, and when the process is told to stop. */
export function eventStream(collector: Pick<Collector, "subscribe">, gone: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let letGo = () => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => {
        // A reader that does not read gets nothing queued: it asks for the newest versions when it comes back.
        if ((controller.desiredSize ?? 0) > -64) controller.enqueue(encoder.encode(text));
      };
      send("retry: 2000\n\n");
      const unsubscribe = collector.subscribe((topic, version) =>
        send(`data: ${JSON.stringify({ topic, version })}\n\n`),
      );
      const heartbeat = setInterval(() => send(": still here\n\n"), HEARTBEAT_MS);
      const close = () => {
        letGo();
        controller.close();
      };
      letGo = () => {
        clearInterval(heartbeat);
        unsubscribe();
        openStreams().delete(close);
        gone.removeEventListener("abort", close);
      };
      openStreams().add(close);
      gone.addEventListener("abort", close);
      // An abort that already happened fires no event.
      if (gone.aborted) close();
    },
    // A cancelled stream is closed already: closing it again would throw.
    cancel: () => letGo(),
  });
}
