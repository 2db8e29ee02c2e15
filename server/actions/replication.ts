"use server";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { refreshTopics } from "@/server/live/collector";
import { askAction } from "./wrap";

/** Reads pg_stat_replication of every primary now; the answer becomes the snapshot that everybody sees. */
export const readReplicationNow = askAction({
  input: z.object({ clusterId: clusterIdSchema }),
  run: async (target) => {
    await refreshTopics(target, ["replication"]);
    return { read: "pg_stat_replication" };
  },
  redact: null,
});
