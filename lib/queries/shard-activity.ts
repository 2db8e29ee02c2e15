"use client";
import { useQuery } from "@tanstack/react-query";
import type { ClusterId } from "@/lib/domain/cluster";
import { shardActivitySchema } from "@/lib/domain/shard-activity";
import { liveQuery } from "./live";

/** How busy the shards are. Asked only while it is wanted: nothing is read for those who do not look. */
export function useShardActivity(clusterId: ClusterId, isWanted: boolean) {
  return useQuery({ ...liveQuery(clusterId, "shard-activity", shardActivitySchema), enabled: isWanted });
}
