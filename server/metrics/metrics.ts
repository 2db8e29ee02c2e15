import "server-only";
import { join } from "node:path";
import type { TopicName } from "@/lib/domain/live";
import { AppError } from "@/lib/errors";
import { env } from "@/server/env";
import type { Reader } from "@/server/live/reader";
import { stateAddress } from "@/server/store/state";
import { type Handed, layoutToHand } from "./layout-hand";
import type { AnswerOf, Asked, QueryOf } from "./messages";
import { type MetricsStatus, type Recorder, startRecorder } from "./recorder";
import { samplesOf } from "./samples";

/** On globalThis: the collector and the route that reads may be different copies of this module. */
const holder = globalThis as typeof globalThis & {
  __shardboardMetrics?: Recorder;
  __shardboardLayouts?: Map<string, Handed & { restarts: number }>;
};

const DEADLINE_MS = 3_000;

/** Begins to keep the clusters' past, beside the state: in a file, or on its server. */
export function startMetrics(): void {
  const server = stateAddress();
  holder.__shardboardMetrics ??= startRecorder(
    server
      ? { kind: "server", ...server, url: server.url.reveal() }
      : { kind: "file", path: join(env().DATA_DIR, "metrics.sqlite") },
  );
}

export async function stopMetrics(): Promise<void> {
  const recorder = holder.__shardboardMetrics;
  delete holder.__shardboardMetrics;
  await recorder?.stop();
}

/** How the thread that keeps the history does; null: none was started. */
export function metricsStatus(): MetricsStatus | null {
  return holder.__shardboardMetrics?.status() ?? null;
}

/** What is wrong with keeping the past, in words. None of it is a reason to send nobody here. */
export function metricsNotes(): string[] {
  const status = metricsStatus();
  if (status?.state === "restarting") return ["The thread that keeps the history has ended and is started again."];
  return status?.state === "troubled" ? ["The history cannot be written."] : [];
}

/** Keeps what a topic's read says, if it succeeded. Nobody waits for it. */
export function recordRead(clusterId: string, topic: TopicName, reader: (topic: TopicName) => Reader): void {
  const recorder = holder.__shardboardMetrics;
  if (!recorder) return;
  const snapshot = reader(topic).snapshot();
  if (snapshot.problem) return;
  recorder.record({ clusterId, at: Date.now(), samples: samplesOf(topic, snapshot, reader) });
  if (topic === "topology") recordLayout(recorder, clusterId, reader);
}

function recordLayout(recorder: Recorder, clusterId: string, reader: (topic: TopicName) => Reader): void {
  holder.__shardboardLayouts ??= new Map();
  // A thread that was started again was handed nothing yet, so "the same" would mean nothing to it.
  const { restarts } = recorder.status();
  const known = holder.__shardboardLayouts.get(clusterId);
  const next = layoutToHand(clusterId, reader, known?.restarts === restarts ? known : undefined, Date.now());
  if (next && recorder.layout(next.handed)) holder.__shardboardLayouts.set(clusterId, { ...next.last, restarts });
}

/** @throws AppError `state_failed` when the history does not answer in time, or none is kept */
export async function askHistory<Kind extends Asked>(of: Kind, query: QueryOf<Kind>): Promise<AnswerOf<Kind>> {
  const recorder = holder.__shardboardMetrics;
  if (!recorder) throw new AppError("state_failed", "This process keeps no history.");
  return recorder.ask(of, query, DEADLINE_MS);
}
