import "server-only";
import type { TopicName } from "@/lib/domain/live";
import { log } from "@/server/log";
import type { Database } from "@/server/store/database";
import { tellOthers } from "@/server/store/snapshots";

/** look: something new stands in the state. free: the lease was given back. again: read this topic, which is everybody's own, anew. */
type Word = "look" | "free" | "again";

/** What consoles on one state say to each other about one cluster. Nothing depends on its arrival. */
export type Talk = {
  say: (word: Word, topic?: TopicName) => Promise<void>;
  hear: (hearers: Record<Word, (topic: string) => void>) => (payload: string) => void;
};

export function createTalk(database: () => Promise<Database>, instance: string, clusterId: string): Talk {
  return {
    async say(word, topic) {
      try {
        await tellOthers(await database(), [instance, clusterId, word, topic ?? ""].join(" "));
      } catch (cause) {
        log.warn("the other consoles could not be told", { cause, clusterId });
      }
    },
    hear: (hearers) => (payload) => {
      const [from, about, word, topic = ""] = payload.split(" ");
      if (from === instance || about !== clusterId) return;
      if (word === "look" || word === "free" || word === "again") hearers[word](topic);
    },
  };
}
