import "server-only";
import { TOPICS, type TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { recordRead } from "@/server/metrics/metrics";
import type { Database } from "@/server/store/database";
import { instanceId } from "@/server/store/instance";
import { state, stateAddress } from "@/server/store/state";
import { measuredTopic } from "@/server/telemetry/measured-topic";
import { budgetOf } from "./budget";
import { createReader, type Reader } from "./reader";
import { createReplicatedCollector } from "./replica/replicated-collector";
import type { AnyTopic } from "./topic";
import { TOPIC_DEFINITIONS } from "./topics";

export type Listener = (topic: TopicName, version: string) => void;
export type Collector = {
  reader: (topic: TopicName) => Reader;
  subscribe: (listener: Listener) => () => void;
  stop: () => Promise<void>;
};
export type CollectorParts = {
  target: Target;
  topics: ReadonlyMap<TopicName, AnyTopic>;
  /** Called after every read that ended, with how long ago it began. */
  after: (topic: TopicName, begunAgoMs: number) => void;
  /** What consoles beside this one share with it, and which of them this is. */
  database: () => Promise<Database>;
  instance: string;
};

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & {
  __shardboardCollectors?: Map<string, Collector>;
  __shardboardAfterRead?: AfterRead;
};

/** Looks at what was read, on the console that read it. */
export type AfterRead = (target: Target, topic: TopicName, reader: Collector["reader"]) => void;

/**
 * What is done after every read, of every cluster. Said at the start of the process and not imported here: it may begin a change, and
 * changes read topics again in their turn.
 */
export function afterEveryRead(act: AfterRead): void {
  holder.__shardboardAfterRead = act;
}

/** The one collector of a cluster: everything that screens show and keep fresh comes from here, so viewers cost the cluster nothing. */
export function collectorFor(target: Target): Collector {
  holder.__shardboardCollectors ??= new Map();
  const known = holder.__shardboardCollectors.get(target.clusterId);
  if (known) return known;
  const create = stateAddress() ? createReplicatedCollector : createCollector;
  const topics = new Map(TOPICS.map((name) => [name, measuredTopic(TOPIC_DEFINITIONS[name])]));
  const after = (topic: TopicName) => {
    recordRead(target.clusterId, topic, collector.reader);
    holder.__shardboardAfterRead?.(target, topic, collector.reader);
  };
  const collector = create({ target, topics, after, database: state, instance: instanceId() });
  holder.__shardboardCollectors.set(target.clusterId, collector);
  return collector;
}

/** The one console on its state reads everything itself. */
function createCollector({ target, topics, after }: CollectorParts): Collector {
  const listeners = new Set<Listener>();
  const changed: Listener = (topic, version) => {
    for (const listener of listeners) listener(topic, version);
  };
  const budget = budgetOf(target);
  const readers = new Map(
    [...topics].map(([name, topic]) => [name, createReader(target, topic, changed, { after, budget })]),
  );
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
    async stop() {
      for (const one of readers.values()) one.stop();
    },
  };
}

/** Reads these topics again now: after a change, and when somebody presses "Read now" (thoroughly). Waits for the answers. */
export async function refreshTopics(
  target: Target,
  names: readonly TopicName[],
  how: "as usual" | "thoroughly" = "as usual",
): Promise<void> {
  const collector = collectorFor(target);
  await Promise.all(names.map((name) => collector.reader(name).refresh(how === "thoroughly")));
}

/** Ends all timers and streams' sources; for tests and for the end of the process. */
export async function stopCollectors(): Promise<void> {
  const running = [...(holder.__shardboardCollectors?.values() ?? [])];
  holder.__shardboardCollectors?.clear();
  await Promise.all(running.map((collector) => collector.stop()));
}
