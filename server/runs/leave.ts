import "server-only";
import { log } from "@/server/log";
import { writeDetached } from "./detach";
import { followedRuns } from "./followed";
import { stopReconciling } from "./reconcile";

/**
 * At the end of the process: every run that it follows is left to the next one. The statement that runs is not cancelled by us;
 * the server notices within seconds that its client is gone, and what came of it is read from the cluster.
 */
export async function detachRuns(): Promise<void> {
  stopReconciling();
  await Promise.all(
    [...followedRuns().values()].map(async ({ record }) => {
      await record.close();
      await writeDetached(record, "The console was told to stop while it ran.", "").catch((cause: unknown) =>
        log.error("a run could not be detached; the next start finds it by its process", {
          cause,
          runId: record.run.id,
        }),
      );
    }),
  );
}
