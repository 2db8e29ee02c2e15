import "server-only";
import type { TopicName } from "@/lib/domain/live";
import type { Database } from "@/server/store/database";
import { wantTopic } from "@/server/store/snapshots";

/** A viewer's interest is told at most this often, and holds three times as long. */
const TELL_EVERY_MS = 10_000;
const HOLDS_MS = TELL_EVERY_MS * 3;

/** What the viewers of this console look at. */
export type Interest = {
  watched: () => ReadonlySet<TopicName>;
  /** Somebody looks. true: it is time to tell the collecting console. */
  note: (topic: TopicName) => boolean;
  tell: (database: Database, clusterId: string, topic: TopicName) => Promise<void>;
};

export function createInterest(always: readonly TopicName[]): Interest {
  const until = new Map<TopicName, number>(always.map((topic) => [topic, Number.POSITIVE_INFINITY]));
  const toldAt = new Map<TopicName, number>();
  return {
    watched() {
      const now = performance.now();
      return new Set([...until].flatMap(([topic, end]) => (end > now ? [topic] : [])));
    },
    note(topic) {
      const now = performance.now();
      if (!always.includes(topic)) until.set(topic, now + HOLDS_MS);
      return now - (toldAt.get(topic) ?? Number.NEGATIVE_INFINITY) >= TELL_EVERY_MS;
    },
    async tell(database, clusterId, topic) {
      toldAt.set(topic, performance.now());
      // What could not be told is told by the viewer's next look.
      await wantTopic(database, clusterId, topic, HOLDS_MS).catch((cause: unknown) => {
        toldAt.delete(topic);
        throw cause;
      });
    },
  };
}
