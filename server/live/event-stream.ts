import "server-only";
import type { TopicName } from "@/lib/domain/live";
import type { Collector } from "./collector";
import { sharedInterval } from "./shared-interval";
import { openStreams } from "./streams";

/** A comment line now and then, so that proxies keep the stream and a dead browser is noticed. */
const everyHeartbeat = sharedInterval(15_000);
/** How often it is asked whether the listener may still listen: a right that was taken away ends the stream within two seconds. */
const everyLook = sharedInterval(1_200);

/**
 * A collector's news as they come. Ends, and lets go of the collector, when the browser leaves, when it left before the stream began,
 * when its person may listen no longer, and when the process is told to stop.
 *
 * For a browser that does not read at most one line per topic waits, the newest: what it missed between is nothing to it.
 */
export function eventStream(
  collector: Pick<Collector, "subscribe">,
  gone: AbortSignal,
  stillMay: () => Promise<boolean> = async () => true,
  ended: () => void = () => {},
): ReadableStream<Uint8Array> {
  const waiting = new Map<TopicName, string>();
  let letGo = () => {};

  const isFree = (controller: ReadableStreamDefaultController) => (controller.desiredSize ?? 0) > 0;
  function flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (waiting.size === 0 || !isFree(controller)) return;
    const lines = [...waiting].map(([topic, version]) => `data: ${JSON.stringify({ topic, version })}\n\n`);
    waiting.clear();
    controller.enqueue(bytesOf(lines.join("")));
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytesOf("retry: 2000\n\n"));
      const unsubscribe = collector.subscribe((topic, version) => {
        waiting.set(topic, version);
        flush(controller);
      });
      const endHeartbeat = everyHeartbeat(() => {
        if (isFree(controller)) controller.enqueue(bytesOf(": still here\n\n"));
      });
      let isOpen = true;
      const close = () => {
        if (!isOpen) return;
        letGo();
        controller.close();
      };
      const endLooks = everyLook(async () => {
        if (!(await stillMay())) close();
      });
      letGo = () => {
        isOpen = false;
        endHeartbeat();
        endLooks();
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
    pull: flush,
    // A cancelled stream is closed already: closing it again would throw.
    cancel: () => letGo(),
  });
}

const encoder = new TextEncoder();
/** The same news go to every browser: they are written once. */
let last = { text: "", bytes: encoder.encode("") };

function bytesOf(text: string): Uint8Array {
  if (last.text !== text) last = { text, bytes: encoder.encode(text) };
  return last.bytes;
}
