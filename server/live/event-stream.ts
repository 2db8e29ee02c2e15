import "server-only";
import type { Collector } from "./collector";
import { openStreams } from "./streams";

/** A comment line now and then, so that proxies keep the stream and a dead browser is noticed. */
const HEARTBEAT_MS = 15_000;
/** How often it is asked whether the listener may still listen: a right that was taken away ends the stream within two seconds. */
const STILL_MAY_MS = 1_200;

/**
 * A collector's news as they come. Ends, and lets go of the collector, when the browser leaves, when it left before the stream began,
 * when its person may listen no longer, and when the process is told to stop.
 */
export function eventStream(
  collector: Pick<Collector, "subscribe">,
  gone: AbortSignal,
  stillMay: () => Promise<boolean> = async () => true,
  ended: () => void = () => {},
): ReadableStream<Uint8Array> {
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
      let isOpen = true;
      const close = () => {
        if (!isOpen) return;
        letGo();
        controller.close();
      };
      const looks = setInterval(async () => {
        if (!(await stillMay())) close();
      }, STILL_MAY_MS);
      letGo = () => {
        isOpen = false;
        clearInterval(heartbeat);
        clearInterval(looks);
        unsubscribe();
        openStreams().delete(close);
        ended();
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
