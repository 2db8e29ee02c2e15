"use server";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { cancelSessions as cancel, terminateSessions as terminate } from "@/server/activity/signal-change";
import { refreshTopics } from "@/server/live/collector";
import { askAction, changeAction, previewAction } from "./wrap";

/** What cancelling would send, to whom, and why not if not. */
export const previewCancelSessions = previewAction(cancel);

/** Cancels the running statement of each chosen session. */
export const cancelSessions = changeAction(cancel);

/** What terminating would send, to whom, and why not if not. */
export const previewTerminateSessions = previewAction(terminate);

/** Ends each chosen session. */
export const terminateSessions = changeAction(terminate);

/** Reads citus_stat_activity and citus_lock_waits now; the answer becomes the snapshot that everybody sees. */
export const readActivityNow = askAction({
  input: z.object({ clusterId: clusterIdSchema }),
  run: async (target) => {
    await refreshTopics(target, ["activity"], "thoroughly");
    return { read: "citus_stat_activity" };
  },
  redact: null,
});
