import "server-only";
import type { Activity } from "@/lib/domain/activity";
import type { BrakeKind, BrakeLimits, BrakeReadings } from "@/lib/domain/brakes";
import type { TopicName } from "@/lib/domain/live";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import { lagOf, type Replication } from "@/lib/domain/replication";
import type { Reader } from "@/server/live/reader";

type Reading = { value: number | null; why: string | null };

/** What is older says nothing about now. */
const OLDEST_MS = 30_000;

const TOPIC: Record<BrakeKind, TopicName> = {
  lag: "replication",
  lock: "activity",
  disk: "node-facts",
  latency: "health",
};

/** The present values of the brakes that are on, from the same snapshots that screens show; their topics are kept fresh for it. */
export function readingsFor(limits: BrakeLimits, reader: (topic: TopicName) => Reader): BrakeReadings {
  const kinds = (Object.keys(TOPIC) as BrakeKind[]).filter((kind) => limits[kind] !== null);
  return Object.fromEntries(kinds.map((kind) => [kind, readingOf(kind, reader(TOPIC[kind]))]));
}

function readingOf(kind: BrakeKind, reader: Reader): Reading {
  void reader.watch(0);
  const { data, ageMs, problem, tookMs } = reader.snapshot();
  if (problem) return unknown("the last read failed");
  if (data === null || ageMs === null) return unknown("it is being read for the first time");
  if (ageMs > OLDEST_MS) return unknown("what is known is too old");
  // Each topic's snapshot holds what the topic itself returned.
  if (kind === "lag") return lagReading(data as Replication);
  if (kind === "lock") return lockReading(data as Activity);
  if (kind === "disk") return diskReading(data as NodeFactsTopic);
  return tookMs === null ? unknown("it was not measured") : { value: tookMs, why: null };
}

const unknown = (why: string): Reading => ({ value: null, why });

/** A known one that is over its limit counts, whoever else is silent; below it all have to be known. */
function lagReading({ standbys }: Replication): Reading {
  const lags = standbys
    .filter((standby) => standby.kind === "standby")
    .map((standby) => lagOf(standby)?.seconds ?? null);
  const known = lags.filter((lag) => lag !== null);
  if (known.length === 0) return unknown(lags.length === 0 ? "no standby is known" : "no standby says how far it is");
  return { value: Math.max(...known), why: null };
}

function lockReading({ waits, answers }: Activity): Reading {
  const seconds = waits.flatMap((wait) => wait.waitSeconds ?? []);
  if (seconds.length > 0) return { value: Math.max(...seconds), why: null };
  return answers.some((answer) => answer.ok) ? { value: 0, why: null } : unknown("no node answers");
}

function diskReading({ answers }: NodeFactsTopic): Reading {
  const shares = answers.flatMap((answer) => {
    if (!answer.ok) return [];
    const { diskFreeBytes, diskTotalBytes } = answer.value;
    return diskFreeBytes === null || !diskTotalBytes ? [] : [(diskFreeBytes / diskTotalBytes) * 100];
  });
  return shares.length === 0 ? unknown("no node says how full its disk is") : { value: Math.min(...shares), why: null };
}
