import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { z } from "zod";
import { unwrap } from "@/lib/action-result";
import { activitySchema, type signalInput } from "@/lib/domain/activity";
import { type ActivityPicture, activityPicture } from "@/lib/domain/activity-rows";
import type { ClusterId } from "@/lib/domain/cluster";
import {
  cancelSessions,
  previewCancelSessions,
  previewTerminateSessions,
  readActivityNow,
  terminateSessions,
} from "@/server/actions/activity";
import type { ChangeActions } from "./changes";
import { type Live, liveKeys, liveQuery } from "./live";

export const activityQueries = {
  current: (clusterId: ClusterId) => liveQuery(clusterId, "activity", activitySchema),
};

/** As `LiveState` takes it: sessions, lock graph and rows, made once per snapshot. */
export type PictureQuery = Pick<UseQueryResult<Live<ActivityPicture>>, "data" | "error" | "isPending">;

export function useActivityPicture(clusterId: ClusterId): PictureQuery {
  const { data, error, isPending } = useQuery(activityQueries.current(clusterId));
  const activity = data?.data;
  const picture = useMemo(() => (activity ? activityPicture(activity) : null), [activity]);
  return { data: data && { ...data, data: picture }, error, isPending } as PictureQuery;
}

type SignalInput = z.infer<typeof signalInput>;

export const cancelActions: ChangeActions<SignalInput> = {
  name: "activity.cancel",
  preview: previewCancelSessions,
  start: cancelSessions,
};

export const terminateActions: ChangeActions<SignalInput> = {
  name: "activity.terminate",
  preview: previewTerminateSessions,
  start: terminateSessions,
};

/** "Read now": Citus' own views, for everybody who looks. */
export function useReadActivityNow(clusterId: ClusterId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => unwrap(readActivityNow({ clusterId })),
    onSettled: () => queryClient.invalidateQueries({ queryKey: liveKeys.topic(clusterId, "activity") }),
  });
}
