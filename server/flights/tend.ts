import "server-only";
import type { Jobs } from "@/lib/domain/job";
import type { TopicName } from "@/lib/domain/live";
import { tendBrakes } from "@/server/brakes/tend";
import type { Target } from "@/server/clusters";
import { afterEveryRead } from "@/server/live/collector";
import type { Reader } from "@/server/live/reader";
import { tendPace } from "@/server/pace/tend";
import { keepFlight } from "./keep";

/** What the console that reads a cluster does after each read of its jobs: keeps the record, looks at the brakes, puts the pace back. Nothing of it is waited for. */
export function tendRunsAfterReads(): void {
  afterEveryRead((target, topic, reader) => {
    if (topic === "jobs") tendRuns(target, reader);
  });
}

function tendRuns(target: Target, reader: (topic: TopicName) => Reader): void {
  const snapshot = reader("jobs").snapshot();
  keepFlight(target, snapshot);
  if (snapshot.data === null || snapshot.problem !== null) return;
  // The jobs topic's snapshot holds what the topic itself returned.
  const jobs = snapshot.data as Jobs;
  tendBrakes(target, jobs, reader);
  tendPace(target, jobs.jobs);
}
