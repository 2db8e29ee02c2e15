import "server-only";
import type { LiveEvent, TopicName } from "@/lib/domain/live";
import type { Collector } from "./collector";
import { sharedInterval } from "./shared-interval";
import { openStreams } from "./streams";

/** A comment line now and then, so that proxies keep the stream and a dead browser is noticed. */
const everyHeartbeat = sharedInterval(15_000);
/** How often it is asked whether the listener may still listen: a right that was taken away ends the stream within two seconds. */
const everyLook = sharedInterval(1_200);

type Listening = {
  /** Fires when the browser leaves. */
  gone: AbortSignal;
  /** Asked again while the stream is open: whether its person may listen. null: that cannot be told just now; then only names of topics are told. */
  stillMay?: () => Promise<boolean | null>;
  ended?: () => void;
  /** What is told of news to who hears them at once. Asked by each stream: the same object for all is written once. */
  tell?: (topic: TopicName, version: string) => LiveEvent;
};

/**
 * A collector's news as they come. Ends, and lets go of the collector, when the browser leaves, when it left before the stream began,
 * when its person may listen no longer, and when the process is told to stop.
 *
 * For a browser that does not read at most one line per topic waits, the newest: what it missed between is nothing to it, and it asks
 * for the rest.
 */
export function eventStream(
  collector: Pick<Collector, "subscribe">,
  { gone, stillMay = async () => true, ended = () => {}, tell = plainly }: Listening,
): ReadableStream<Uint8Array> {
  const waiting = new Map<TopicName, string>();
  let letGo = () => {};
  let isSure = true;

  const isFree = (controller: ReadableStreamDefaultController) => (controller.desiredSize ?? 0) > 0;
  function flush(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (waiting.size === 0 || !isFree(controller)) return;
    const events = [...waiting].map(([topic, version]) => lineOf(plainly(topic, version)));
    waiting.clear();
    controller.enqueue(bytesOf(events.join("")));
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytesOf("retry: 2000\n\n"));
      const unsubscribe = collector.subscribe((topic, version) => {
        if (!isFree(controller)) return waiting.set(topic, version);
        // What waited is older than this, and would be told after it.
        waiting.delete(topic);
        controller.enqueue(bytesOf(lineOf((isSure ? tell : plainly)(topic, version))));
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
        const may = await stillMay();
        isSure = may === true;
        if (may === false) close();
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

const plainly = (topic: TopicName, version: string): LiveEvent => ({ topic, version });

/** What was told of an event; the same object is told to every browser. */
const lines = new WeakMap<LiveEvent, string>();

function lineOf(event: LiveEvent): string {
  const line = lines.get(event) ?? `data: ${JSON.stringify(event)}\n\n`;
  lines.set(event, line);
  return line;
}

const encoder = new TextEncoder();
/** The same news go to every browser: they are written once. */
let last = { text: "", bytes: encoder.encode("") };

function bytesOf(text: string): Uint8Array {
  if (last.text !== text) last = { text, bytes: encoder.encode(text) };
  return last.bytes;
}
