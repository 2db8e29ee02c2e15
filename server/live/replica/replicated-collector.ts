import "server-only";
import { randomUUID } from "node:crypto";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import { AppError } from "@/lib/errors";
import { log } from "@/server/log";
import { toProblem } from "@/server/problem";
import { clockOf, wantRefresh } from "@/server/store/snapshots";
import type { Collector, CollectorParts, Listener } from "../collector";
import { createReader, type Reader } from "../reader";
import { sharedClock } from "./clock";
import { campaign } from "./election";
import { createInterest } from "./interest";
import { createLeader, type Leader } from "./leader";
import { createLookout } from "./lookout";
import { createMirror } from "./mirror";
import { createTalk } from "./talk";

/** The state is looked at this often even when nobody says that there is news. */
const LOOK_EVERY_MS = 1_000;
const REFRESH_PATIENCE_MS = 15_000;
/** A topic that was read within this time is shown at once; for one that rested the new read is waited for. */
const FRESH_MS = 30_000;
/** A state that is silent for so long is said on every screen. */
const AWAY_AFTER_MS = 5_000;

/**
 * A collector among several consoles on one state: one of them reads the cluster, the others show what it published. Which one
 * that is may change at any time; screens do not notice.
 */
export function createReplicatedCollector({ target, topics, after, database, instance }: CollectorParts): Collector {
  const { clusterId } = target;
  const leaseName = `collector:${clusterId}`;
  const clock = sharedClock();
  const mirror = createMirror(clusterId, clock);
  const interest = createInterest([...topics].flatMap(([name, topic]) => (topic.always ? [name] : [])));
  const talk = createTalk(database, instance, clusterId);
  const lookout = createLookout(look, LOOK_EVERY_MS);
  const listeners = new Set<Listener>();
  let leader: Leader | null = null;
  let heardAt = performance.now();
  let isAway = false;
  let unlisten: (() => void) | undefined;

  const changed: Listener = (topic, version) => {
    for (const listener of listeners) listener(topic, version);
  };
  const shared = new Map([...topics].filter(([, topic]) => !topic.isOwn));
  const own = new Map(
    [...topics].flatMap(([name, topic]) =>
      topic.isOwn ? [[name, createReader(target, topic, changed, { after })] as const] : [],
    ),
  );
  const readers = new Map([
    ...[...own].map(([name, reader]) => [name, tellingReader(name, reader)] as const),
    ...[...shared.keys()].map((name) => [name, sharedReader(name)] as const),
  ]);
  const hear = talk.hear({
    look: () => void lookout.now(),
    free: () => election.now(),
    again: (topic) => {
      for (const [name, reader] of own) if (name === topic) void reader.refresh();
    },
  });

  const election = campaign(database, leaseName, instance, {
    async won(hold) {
      // Everything that was published is gone on from: a read that fails now must not take it away.
      await mirror.look(await database(), new Set(shared.keys()));
      if (!hold.isHeld()) return;
      log.info("collecting for all consoles", { clusterId, epoch: hold.epoch });
      const published = () => void talk.say("look");
      const seedOf = (topic: TopicName) => mirror.snapshot(topic);
      leader = createLeader({ target, topics: shared, seedOf, hold, leaseName, database, changed, after, published });
      void lookout.now();
    },
    lost() {
      const former = leader;
      leader = null;
      if (!former) return;
      log.info("no longer collecting", { clusterId });
      former.stop();
      for (const topic of shared.keys()) mirror.adopt(topic, former.reader(topic).snapshot());
      void lookout.now();
    },
  });

  async function look(): Promise<void> {
    try {
      const state = await database();
      unlisten ??= state.listen?.(hear);
      clock.set(await clockOf(state));
      if (leader) await leader.serve(state);
      else await mirror.look(state, interest.watched(), changed);
      heardAt = performance.now();
      isAway = false;
    } catch (cause) {
      if (!isAway) log.warn("the consoles' state cannot be read", { cause, clusterId });
      isAway = true;
    }
  }

  /** Tells the collecting console, if it is another one, what is looked at here. */
  async function note(topic: TopicName): Promise<void> {
    if (!interest.note(topic) || leader) return;
    await interest.tell(await database(), clusterId, topic);
    await talk.say("look");
  }

  /** Whoever shows it elsewhere reads it anew as well. */
  function tellingReader(name: TopicName, reader: Reader): Reader {
    return {
      ...reader,
      async refresh() {
        await reader.refresh();
        await talk.say("again", name);
      },
    };
  }

  function sharedReader(topic: TopicName): Reader {
    return {
      snapshot: () => leader?.reader(topic).snapshot() ?? withAbsence(mirror.snapshot(topic)),
      async watch(patienceMs) {
        // What others look at here comes at its own pace, which may be long; only the first look waits.
        const isFollowed = interest.watched().has(topic) && mirror.beganAt(topic) > 0;
        const noted = note(topic).catch((cause: unknown) => log.warn("an interest was not told", { cause, topic }));
        if (leader) return leader.reader(topic).watch(patienceMs);
        if (isFollowed || mirror.beganAt(topic) > clock.now() - FRESH_MS) return;
        await Promise.race([noted, mirror.wait(topic, 1, patienceMs)]);
        void lookout.now();
        await mirror.wait(topic, clock.now() - FRESH_MS, patienceMs);
      },
      async refresh(isThorough = false) {
        if (leader) return leader.reader(topic).refresh(isThorough);
        await note(topic);
        const at = await wantRefresh(await database(), clusterId, topic, isThorough);
        await talk.say("look");
        await mirror.wait(topic, at, REFRESH_PATIENCE_MS);
      },
      stop: () => undefined,
    };
  }

  /** Where the state is silent nothing newer can be known, and that is said. */
  function withAbsence(snapshot: Snapshot<unknown>): Snapshot<unknown> {
    const silentForMs = performance.now() - heardAt;
    if (silentForMs < AWAY_AFTER_MS) return snapshot;
    const away = new AppError("state_failed", "The database of the consoles' own state does not answer.");
    const version = `${snapshot.version}-away`;
    return { ...snapshot, version, problem: toProblem(away, randomUUID()), failingForMs: silentForMs };
  }

  void lookout.now();
  return {
    reader(name) {
      const found = readers.get(name);
      if (!found) throw new Error(`no reader for topic ${name}`);
      return found;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      lookout.stop();
      unlisten?.();
      for (const reader of own.values()) reader.stop();
      if (await election.stop()) await talk.say("free");
    },
  };
}
