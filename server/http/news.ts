import "server-only";
import { isColumnTopic } from "@/lib/domain/layout-codec";
import type { LiveEvent, TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { collectorFor } from "@/server/live/collector";
import { TOPIC_DEFINITIONS } from "@/server/live/topics";
import { bodiesOf, contentIn } from "./columns-response";
import { isForAll } from "./snapshot-for";

/** The last news of each topic of a cluster. */
const told = new Map<string, LiveEvent>();

/** What is told of a topic's news to everybody who listens: made once. Where everybody may see what differs, and it is little, it comes along. */
export function newsOf(target: Target): (topic: TopicName, version: string) => LiveEvent {
  return (topic, version) => {
    const key = `${target.clusterId} ${topic}`;
    const known = told.get(key);
    if (known?.version === version) return known;
    const event = eventOf(target, topic, version);
    told.set(key, event);
    return event;
  };
}

function eventOf(target: Target, topic: TopicName, version: string): LiveEvent {
  if (!isColumnTopic(topic)) return { topic, version };
  const snapshot = collectorFor(target).reader(topic).snapshot();
  if (snapshot.version !== version || !isForAll(TOPIC_DEFINITIONS[topic], snapshot)) return { topic, version };
  const step = bodiesOf(target, topic, snapshot).step(contentIn(snapshot));
  const { ageMs, tookMs } = snapshot;
  return step ? { topic, version, step: { ...step, ageMs, tookMs } } : { topic, version };
}
