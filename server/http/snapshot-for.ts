import "server-only";
import type { Verdict } from "@/lib/domain/cluster";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import { redactProblem } from "@/lib/domain/redact-words";
import type { Actor } from "@/server/auth/actor";
import { mayReadRaw, readRawOnRecord } from "@/server/auth/raw-reading";
import type { Target } from "@/server/clusters";
import type { AnyTopic } from "@/server/live/topic";

/** Snapshots are shared by all viewers, and so is what is made of one: once per version, not once per viewer. */
const made = new WeakMap<object, unknown>();

type Seen = Pick<Snapshot<unknown>, "version" | "problem">;

/** Whether there is anything in it that not everybody may see. */
export function isForAll(topic: AnyTopic, { problem }: Pick<Seen, "problem">): boolean {
  return topic.redact === null && problem === null;
}

/** One for all who see the same of a topic: what is made of it is made once for them. */
export function seenAlike(
  { clusterId }: Pick<Target, "clusterId">,
  topic: TopicName,
  { hiddenBecause }: Pick<Snapshot<unknown>, "hiddenBecause">,
): string {
  return `${clusterId} ${topic} ${hiddenBecause ?? ""}`;
}

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
  if (isForAll(topic, snapshot)) return snapshot;
  const verdict = topic.isRawOnRecord ? await readRawOnRecord(actor, target, topic.name) : mayReadRaw(actor, target);
  if (verdict.allowed) return snapshot;
  return {
    ...snapshot,
    version: seenVersion(snapshot, verdict),
    data: redacted(topic, snapshot.data),
    problem: snapshot.problem && redactProblem(snapshot.problem),
    hiddenBecause: verdict.because,
  };
}

/** The version alone of what this person would be given. It tells nothing of what is in it, and needs no record. */
export function versionFor(actor: Actor, target: Target, topic: AnyTopic, snapshot: Seen): string {
  return isForAll(topic, snapshot) ? snapshot.version : seenVersion(snapshot, mayReadRaw(actor, target));
}

function seenVersion({ version }: Seen, { allowed }: Verdict): string {
  return allowed ? version : `${version}-hidden`;
}

function redacted({ redact }: AnyTopic, data: unknown): unknown {
  if (redact === null || typeof data !== "object" || data === null) return data;
  const known = made.get(data) ?? redact(data);
  made.set(data, known);
  return known;
}
