import "server-only";
import { budgetOf } from "@/server/live/budget";
import type { AnyTopic } from "@/server/live/topic";
import { metered } from "@/server/pg/work-meter";
import { clusterLabel } from "./cluster-label";
import { count } from "./counters";

const holder = globalThis as typeof globalThis & { __shardboardLastRead?: number };

/** The same topic; its reads are counted, timed, and paid from the cluster's budget. */
export function measuredTopic(topic: AnyTopic): AnyTopic {
  return {
    ...topic,
    async read(target, ...rest) {
      const began = performance.now();
      let outcome = "failed";
      try {
        const data = await metered(
          () => topic.read(target, ...rest),
          (busiestMs) => {
            budgetOf(target).charge(topic.name, busiestMs);
            count("workSeconds", [clusterLabel(target.clusterId), topic.name], busiestMs / 1_000);
          },
        );
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
