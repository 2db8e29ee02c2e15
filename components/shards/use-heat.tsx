"use client";
import { type ReactNode, useMemo } from "react";
import { usePresent } from "@/components/live/past";
import { problemOf } from "@/components/ui/query-state";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { type Heat, heatOf } from "@/lib/domain/shard-activity";
import { useShardActivity } from "@/lib/queries/shard-activity";
import { ActivityNote } from "./activity-note";

/** How busy the groups are, while it is wanted, and what of it is not known. */
export function useHeat(
  clusterId: ClusterId,
  picture: ClusterPicture,
  isChosen: boolean,
): { heat: Heat | null; note: ReactNode } {
  const isPresent = usePresent().allowed;
  const isWanted = isChosen && isPresent;
  const asked = useShardActivity(clusterId, isWanted);
  const activity = asked.data?.data ?? null;
  const heat = useMemo(() => (isWanted && activity ? heatOf(activity, picture) : null), [isWanted, activity, picture]);
  if (isChosen && !isPresent) return { heat: null, note: <NotKept /> };
  if (!isWanted) return { heat: null, note: null };
  const problem = asked.data?.problem ?? (asked.error ? problemOf(asked.error) : null);
  const note = (
    <ActivityNote activity={activity} heat={heat} nodes={picture.primaries} problem={problem?.detail ?? null} />
  );
  return { heat, note };
}

function NotKept() {
  return (
    <p className="border-line border-b px-5 py-1.5 text-12 text-text-2 max-md:px-3">
      How busy the shards were then is not on record.
    </p>
  );
}
