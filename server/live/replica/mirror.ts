import "server-only";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import type { Problem } from "@/lib/errors";
import type { Database } from "@/server/store/database";
import { listSnapshots, readSnapshotBody, type SnapshotHead } from "@/server/store/snapshots";
import { unpackBody } from "./body";
import type { SharedClock } from "./clock";

type Entry = SnapshotHead & { data: unknown; problem: Problem | null };
type Changed = (topic: TopicName, version: string) => void;
type Waiter = { holds: (entry: Entry) => boolean; done: () => void };

const EMPTY: Snapshot<unknown> = {
  version: "none",
  data: null,
  ageMs: null,
  tookMs: null,
  problem: null,
  failingForMs: null,
};

/** What the collecting console published last, as this console knows it. */
export type Mirror = {
  snapshot: (topic: TopicName) => Snapshot<unknown>;
  beganAt: (topic: TopicName) => number;
  /** Takes over what is new of these topics, and says which have another version. */
  look: (database: Database, topics: ReadonlySet<TopicName>, changed?: Changed) => Promise<void>;
  /** Resolves when a published read of the topic began after `at`, or after `patienceMs`. */
  wait: (topic: TopicName, at: number, patienceMs: number) => Promise<void>;
  /** Goes on with what this console has read itself until now. */
  adopt: (topic: TopicName, snapshot: Snapshot<unknown>) => void;
};

export function createMirror(clusterId: string, clock: SharedClock): Mirror {
  const entries = new Map<TopicName, Entry>();
  const waiters = new Map<TopicName, Set<Waiter>>();

  function put(entry: Entry, changed?: Changed): void {
    entries.set(entry.topic, entry);
    changed?.(entry.topic, entry.version);
    for (const waiter of waiters.get(entry.topic) ?? []) if (waiter.holds(entry)) waiter.done();
  }

  async function renew(database: Database, head: SnapshotHead, changed?: Changed): Promise<void> {
    const known = entries.get(head.topic);
    if (known?.version === head.version) return put({ ...known, ...head });
    const body = await readSnapshotBody(database, clusterId, head);
    if (body !== null) put({ ...head, ...(await unpackBody(head.topic, body)) }, changed);
  }

  return {
    snapshot(topic) {
      const entry = entries.get(topic);
      if (!entry) return EMPTY;
      const since = (at: number | null) => (at === null ? null : Math.max(0, clock.now() - at));
      const { version, data, tookMs, problem, readAt, failingSince } = entry;
      return { version, data, ageMs: since(readAt), tookMs, problem, failingForMs: since(failingSince) };
    },
    beganAt: (topic) => entries.get(topic)?.begunAt ?? 0,
    async look(database, topics, changed) {
      const heads = await listSnapshots(database, clusterId);
      for (const head of heads) if (topics.has(head.topic)) await renew(database, head, changed);
    },
    wait(topic, at, patienceMs) {
      const holds = (entry: Entry) => entry.begunAt >= at;
      const known = entries.get(topic);
      if (known && holds(known)) return Promise.resolve();
      return new Promise((resolve) => {
        const all = waiters.get(topic) ?? new Set();
        waiters.set(topic, all);
        const timer = setTimeout(() => waiter.done(), patienceMs).unref();
        const waiter: Waiter = {
          holds,
          done() {
            clearTimeout(timer);
            all.delete(waiter);
            resolve();
          },
        };
        all.add(waiter);
      });
    },
    adopt(topic, { version, data, ageMs, tookMs, problem, failingForMs }) {
      const before = (ms: number | null) => (ms === null ? null : clock.now() - ms);
      const [readAt, failingSince] = [before(ageMs), before(failingForMs)];
      put({ topic, version, data, tookMs, problem, readAt, begunAt: readAt ?? 0, failingSince });
    },
  };
}
