"use client";
import { useQuery } from "@tanstack/react-query";
import { LiveState } from "@/components/live/live-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import { useActivityPicture } from "@/lib/queries/activity";
import { nodeQueries } from "@/lib/queries/nodes";
import { ActivityBody } from "./activity-body";
import { usePaused } from "./use-paused";

/** Who does what on every node, who waits for whom, and the means to end it. */
export function ActivityScreen({ clusterId }: { clusterId: ClusterId }) {
  const live = useActivityPicture(clusterId);
  const nodes = useQuery(nodeQueries.list(clusterId));
  const pause = usePaused(live);
  return (
    <LiveState query={pause.shown} skeleton={<SkeletonRows rows={14} label="Reading the sessions of every node" />}>
      {(picture, { receivedAt, ageMs, hiddenBecause }) => (
        <ActivityBody
          clusterId={clusterId}
          picture={picture}
          nodes={nodes.data?.data?.nodes ?? []}
          readAt={receivedAt - (ageMs ?? 0)}
          hiddenBecause={hiddenBecause}
          pause={pause}
        />
      )}
    </LiveState>
  );
}
