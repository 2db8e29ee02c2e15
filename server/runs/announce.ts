import "server-only";
import type { TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { refreshTopics } from "@/server/live/collector";
import { log } from "@/server/log";

/** Reads topics again. What comes of it decides nothing about a run: a failure is said in the log. */
export async function readAgain(target: Target, topics: readonly TopicName[]): Promise<void> {
  await refreshTopics(target, topics).catch((cause: unknown) =>
    log.error("topics could not be read again", { cause, topics }),
  );
}

/** Every browser hears that a run has gone on. */
export function announceRuns(target: Target): Promise<void> {
  return readAgain(target, ["runs"]);
}
