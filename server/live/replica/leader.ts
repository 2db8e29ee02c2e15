import "server-only";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import type { Database } from "@/server/store/database";
import type { Hold } from "@/server/store/hold";
import { listWanted, publishSnapshot, type Wanted } from "@/server/store/snapshots";
import { budgetOf } from "../budget";
import { createReader, type Reader } from "../reader";
import type { AnyTopic } from "../topic";
import { packBody } from "./body";

/** A reader on its own watches for 30 s; it is told again while the other consoles' viewers look. */
export type Leader = {
  reader: (topic: TopicName) => Reader;
  /** Reads what the other consoles' viewers want. */
  serve: (database: Database) => Promise<void>;
  stop: () => void;
};

type Parts = {
  target: Target;
  topics: ReadonlyMap<TopicName, AnyTopic>;
  /** What is known of a topic from the collector before. */
  seedOf: (topic: TopicName) => Snapshot<unknown>;
  hold: Hold;
  leaseName: string;
  database: () => Promise<Database>;
  changed: (topic: TopicName, version: string) => void;
  /** After each read that ended. */
  after: (topic: TopicName, begunAgoMs: number) => void;
  /** Something new stands in the state. */
  published: () => void;
};

/** Reads a cluster for all consoles on one state, and publishes every read for the others. */
export function createLeader(parts: Parts): Leader {
  const { target, topics, seedOf, hold, changed } = parts;
  const due = new Map<TopicName, number>();
  /** When the last read that ended had begun. */
  const ended = new Map<TopicName, number>();
  const sent = new Map<TopicName, string>();
  const handled = new Map<TopicName, number>();
  let isPublishing = false;
  let isStopped = false;

  const after = (topic: TopicName, begunAgoMs: number) => {
    parts.after(topic, begunAgoMs);
    ended.set(topic, performance.now() - begunAgoMs);
    partly(topic);
  };
  /** Of a read that goes on others get what is there; whoever waits for its end goes on waiting. */
  const partly = (topic: TopicName) => {
    due.set(topic, ended.get(topic) ?? 0);
    void publishDue();
  };
  const budget = budgetOf(target);
  const readers = new Map(
    [...topics].map(([name, topic]) => {
      const seed = seedOf(name);
      return [
        name,
        createReader(target, topic, changed, { after, partly, budget, ...(seed.ageMs !== null && { seed }) }),
      ];
    }),
  );
  const reader = (name: TopicName): Reader => {
    const found = readers.get(name);
    if (!found) throw new Error(`no reader for topic ${name}`);
    return found;
  };

  /** One at a time, the newest only: a state that is slow makes the others' snapshots older, and nothing pile up. */
  async function publishDue(): Promise<void> {
    if (isPublishing) return;
    isPublishing = true;
    try {
      for (const [topic, begunAt] of due) {
        if (isStopped || !hold.isHeld()) return;
        due.delete(topic);
        await publish(topic, begunAt);
      }
    } catch (cause) {
      log.warn("a snapshot could not be published", { cause, clusterId: target.clusterId });
    } finally {
      isPublishing = false;
    }
  }

  async function publish(topic: TopicName, begunAt: number): Promise<void> {
    const snapshot = reader(topic).snapshot();
    const isKnown = sent.get(topic) === snapshot.version;
    const body = isKnown ? null : await packBody(topic, snapshot);
    const head = () => ({ ...snapshot, topic, begunAgoMs: performance.now() - begunAt });
    const lease = { name: parts.leaseName, epoch: hold.epoch };
    const isTaken = await publishSnapshot(await parts.database(), target.clusterId, head(), body, lease);
    if (isTaken) sent.set(topic, snapshot.version);
    else sent.delete(topic);
    parts.published();
  }

  function serveOne({ topic, isWatched, refreshAt, isThorough }: Wanted): void {
    if (!readers.has(topic)) return;
    if (isWatched) void reader(topic).watch(0);
    if (refreshAt <= (handled.get(topic) ?? 0)) return;
    handled.set(topic, refreshAt);
    void reader(topic).refresh(isThorough);
  }

  void reader("health").refresh();
  return {
    reader,
    async serve(database) {
      for (const wanted of await listWanted(database, target.clusterId)) if (!isStopped) serveOne(wanted);
    },
    stop() {
      isStopped = true;
      for (const one of readers.values()) one.stop();
    },
  };
}
