import type { ClusterId } from "../../lib/domain/cluster.ts";
import type { TopicName } from "../../lib/domain/live.ts";
import { type Asker, askTopic, listen, lookAt, manyConnections } from "./transport.ts";

/**
 * A program of its own: so many browsers in one process, as it can be kept to a core. Each has one event stream, says every five
 * seconds that it looks at the topics of its screen, and asks for one at once when it hears of something new that did not come along, never for the same topic twice at a time.
 */
export type ViewersOrder = {
  url: string;
  clusterId: ClusterId;
  cookies: string[];
  /** The topics of each screen; the browsers take them in turn. */
  screens: readonly (readonly TopicName[])[];
};
export type ViewersReport =
  | { kind: "ready" }
  | { kind: "news"; viewer: number; topic: TopicName; version: string; at: number }
  | { kind: "lost"; viewer: number }
  | { kind: "failed"; viewer: number; words: string };

const ASK_EVERY_MS = 5_000;
const order = JSON.parse(process.argv[2] ?? "null") as ViewersOrder;
const say = (report: ViewersReport) => process.send?.(report);
const agent = manyConnections();
/** The same clock as in every other process of this machine. */
const nowMs = () => performance.timeOrigin + performance.now();

function browser(viewer: number, cookie: string): Promise<void> {
  const asker: Asker = { url: order.url, clusterId: order.clusterId, cookie, agent };
  const screen = order.screens[viewer % order.screens.length] ?? [];
  const known = new Map<TopicName, string>();
  const busy = new Map<TopicName, Promise<void>>();
  const failed = (cause: Error) => {
    say({ kind: "failed", viewer, words: cause.message });
  };
  const look = (topic: TopicName): Promise<void> => {
    const running = busy.get(topic);
    if (running) return running;
    const asked = askTopic(asker, topic, known.get(topic))
      .then(({ status, version }) => {
        if (status === 200) known.set(topic, version);
      })
      .catch(failed)
      .finally(() => busy.delete(topic));
    busy.set(topic, asked);
    return asked;
  };
  const isNews = (topic: TopicName, version: string) => screen.includes(topic) && known.get(topic) !== version;
  listen(
    asker,
    ({ topic, version, step }) => {
      say({ kind: "news", viewer, topic, version, at: nowMs() });
      if (!isNews(topic, version)) return;
      if (step && known.get(topic) === step.since) known.set(topic, version);
      else void look(topic);
    },
    () => say({ kind: "lost", viewer }),
  );
  const stillLooking = async () => {
    for (const { topic, version } of await lookAt(asker, screen)) if (isNews(topic, version)) void look(topic);
  };
  // People do not all look in the same moment.
  setTimeout(() => setInterval(() => stillLooking().catch(failed), ASK_EVERY_MS), Math.random() * ASK_EVERY_MS);
  return Promise.all(screen.map(look)).then(() => {});
}

// A few at a time: two hundred first looks at once are a restart of the console, not its usual day.
const waiting = [...order.cookies.entries()];
async function openSome(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) await browser(...next);
}
await Promise.all(Array.from({ length: 8 }, openSome));
say({ kind: "ready" });
process.on("disconnect", () => process.exit(0));
