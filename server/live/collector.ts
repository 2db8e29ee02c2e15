import "server-only";
import { TOPICS, type TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { createReader, type Reader } from "./reader";
import { TOPIC_DEFINITIONS } from "./topics";

type Listener = (topic: TopicName, version: string) => void;
export type Collector = {
  reader: (topic: TopicName) => Reader;
  subscribe: (listener: Listener) => () => void;
  stop: () => void;
};

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & { __shardboardCollectors?: Map<string, Collector> };

/** The one collector of a cluster: everything that screens show and keep fresh comes from here, so viewers cost the cluster nothing. */
export function collectorFor(target: Target): Collector {
  holder.__shardboardCollectors ??= new Map();
  const known = holder.__shardboardCollectors.get(target.clusterId);
  if (known) return known;
  const collector = createCollector(target);
  holder.__shardboardCollectors.set(target.clusterId, collector);
  return collector;
}

function createCollector(target: Target): Collector {
  const listeners = new Set<Listener>();
  const changed: Listener = (topic, version) => {
    for (const listener of listeners) listener(topic, version);
  };
  const readers = new Map(TOPICS.map((name) => [name, createReader(target, TOPIC_DEFINITIONS[name], changed)]));
  const reader = (name: TopicName): Reader => {
    const found = readers.get(name);
    if (!found) throw new Error(`no reader for topic ${name}`);
    return found;
  };
  void reader("health").refresh();
  return {
    reader,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      for (const one of readers.values()) one.stop();
    },
  };
}

/** Reads these topics again now: after a change, and when somebody presses "Read now". Waits for the answers. */
export async function refreshTopics(target: Target, names: readonly TopicName[]): Promise<void> {
  const collector = collectorFor(target);
  await Promise.all(names.map((name) => collector.reader(name).refresh()));
}

/** Ends all timers and streams' sources; for tests and for the end of the process. */
export function stopCollectors(): void {
  for (const collector of holder.__shardboardCollectors?.values() ?? []) collector.stop();
  holder.__shardboardCollectors?.clear();
}
