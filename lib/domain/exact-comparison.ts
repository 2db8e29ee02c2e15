import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import type { ClusterPicture } from "./cluster-picture";
import type { ExactShards } from "./shard";

/** What Citus measured beside what the console shows, placement by placement. */
export type ExactComparison = { same: number; differ: number; unknown: number; sentence: string };

/** A live cluster grows between two readings, so a difference is no mistake; what Citus could not measure is said apart. */
export function compareExact(picture: Pick<ClusterPicture, "sizes">, exact: ExactShards): ExactComparison {
  let [same, differ, unknown, more] = [0, 0, 0, 0];
  for (const { shardId, groupId, bytes } of exact.shards) {
    const shown = picture.sizes(shardId, groupId);
    if (bytes === null) unknown += 1;
    else if (shown === bytes) same += 1;
    else {
      differ += 1;
      more += bytes - (shown ?? 0);
    }
  }
  return { same, differ, unknown, sentence: sentenceOf(same, differ, unknown, more) };
}

function sentenceOf(same: number, differ: number, unknown: number, more: number): string {
  const missing = unknown > 0 ? ` Citus could not measure ${countOf(unknown, "placement")}.` : "";
  if (same + differ === 0) return unknown > 0 ? "Citus could not measure any of them." : "Citus lists no shard of it.";
  if (differ === 0) return `Citus measures the same as the console.${missing}`;
  const sign = more < 0 ? "less" : "more";
  return `${countOf(differ, "placement")} measured differently: ${formatBytes(Math.abs(more))} ${sign} than shown.${missing}`;
}
