import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { unwrap } from "@/lib/action-result";
import { activitySchema, type signalInput } from "@/lib/domain/activity";
import type { ClusterId } from "@/lib/domain/cluster";
import {
  cancelSessions,
  previewCancelSessions,
  previewTerminateSessions,
  readActivityNow,
  terminateSessions,
} from "@/server/actions/activity";
import type { ChangeActions } from "./changes";
import { liveKeys, liveQuery } from "./live";

export const activityQueries = {
  live: (clusterId: ClusterId) => liveQuery(clusterId, "activity", activitySchema),
};

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
