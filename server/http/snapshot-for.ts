import "server-only";
import type { Snapshot } from "@/lib/domain/live";
import { redactProblem } from "@/lib/domain/redact-words";
import type { Actor } from "@/server/auth/actor";
import { mayReadRaw, readRawOnRecord } from "@/server/auth/raw-reading";
import type { Target } from "@/server/clusters";
import type { AnyTopic } from "@/server/live/topic";

/** Snapshots are shared by all viewers, and so is what is made of one: once per version, not once per viewer. */
const made = new WeakMap<object, unknown>();

/**
 * A snapshot as this person may see it. Without the right to read literals it is another version, so that no cache between browser
 * and console takes one for the other.
 */
export async function snapshotFor(
  actor: Actor,
  target: Target,
  topic: AnyTopic,
  snapshot: Snapshot<unknown>,
): Promise<Snapshot<unknown>> {
  if (topic.redact === null && snapshot.problem === null) return snapshot;
  const verdict = topic.isRawOnRecord ? await readRawOnRecord(actor, target, topic.name) : mayReadRaw(actor, target);
  if (verdict.allowed) return snapshot;
  return {
    ...snapshot,
    version: `${snapshot.version}-hidden`,
    data: redacted(topic, snapshot.data),
    problem: snapshot.problem && redactProblem(snapshot.problem),
    hiddenBecause: verdict.because,
  };
}

function redacted({ redact }: AnyTopic, data: unknown): unknown {
  if (redact === null || typeof data !== "object" || data === null) return data;
  const known = made.get(data) ?? redact(data);
  made.set(data, known);
  return known;
}
