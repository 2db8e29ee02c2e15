import "server-only";
import type { AnyTopic } from "@/server/live/topic";
import { clusterLabel } from "./cluster-label";
import { count } from "./counters";

const holder = globalThis as typeof globalThis & { __shardboardLastRead?: number };

/** The same topic; its reads are counted and timed. */
export function measuredTopic(topic: AnyTopic): AnyTopic {
  return {
    ...topic,
    async read(target, ...rest) {
      const began = performance.now();
      let outcome = "failed";
      try {
        const data = await topic.read(target, ...rest);
        outcome = "ok";
        return data;
      } finally {
        const cluster = clusterLabel(target.clusterId);
        count("reads", [cluster, topic.name, outcome]);
        count("readSeconds", [cluster, topic.name], (performance.now() - began) / 1_000);
        holder.__shardboardLastRead = performance.now();
      }
    },
  };
}

/** How long ago this process last ended a read of any cluster; null: never. A read that failed counts: it was tried. */
export function msSinceLastRead(): number | null {
  return holder.__shardboardLastRead === undefined ? null : performance.now() - holder.__shardboardLastRead;
}
