import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { TopicName } from "@/lib/domain/live";
import { AppError } from "@/lib/errors";
import type { Database } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { testCluster } from "@/server/testing/cluster";
import { aPostgresState, type StatePlace } from "@/server/testing/state-database";
import type { Collector } from "../collector";
import { type AnyTopic, topic } from "../topic";
import { createReplicatedCollector } from "./replicated-collector";

const { sandbox, target } = testCluster();
let place: StatePlace;
beforeAll(async () => {
  place = await aPostgresState(sandbox);
  const database = await place.open();
  await migrate(database, STATE_MIGRATIONS);
  await database.close();
});
afterAll(() => place.remove());

type Console = {
  collector: Collector;
  /** How often this console has read a topic itself. */
  reads: Map<TopicName, number>;
  thorough: () => number;
  database: Database;
  end: () => Promise<void>;
};

/** What the cluster would say; null: it does not answer. */
let truth: unknown;
const consoles: Console[] = [];
beforeEach(() => {
  truth = "first";
});
afterEach(async () => {
  for (const one of consoles.splice(0)) await one.end();
});

async function aConsole(clusterId: string): Promise<Console> {
  const database = await place.open();
  const reads = new Map<TopicName, number>();
  let thorough = 0;
  const fake = (name: TopicName, over: Partial<AnyTopic> = {}) =>
    topic({
      name,
      schema: z.unknown(),
      paceMs: () => 100,
      redact: null,
      read: async () => {
        reads.set(name, (reads.get(name) ?? 0) + 1);
        await sleep(20);
        if (truth === null) throw new AppError("cluster_unreachable", "connect ECONNREFUSED");
        return truth;
      },
      ...over,
    });
  const topics = new Map<TopicName, AnyTopic>([
    ["health", fake("health", { always: true })],
    ["nodes", fake("nodes", { paceMs: () => 60_000 })],
    ["activity", fake("activity", { paceMs: () => 60_000, thoroughly: () => void thorough++ })],
    ["runs", fake("runs", { paceMs: () => 60_000, isOwn: true })],
  ]);
  const collector = createReplicatedCollector({
    target: { ...target, clusterId: clusterId as typeof target.clusterId },
    topics,
    after: () => {},
    database: async () => database,
    instance: randomUUID(),
  });
  const one = {
    collector,
    reads,
    thorough: () => thorough,
    database,
    async end() {
      await collector.stop();
      await database.close();
    },
  };
  consoles.push(one);
  return one;
}

/** The first collects, the second follows. */
async function two(): Promise<[Console, Console]> {
  const clusterId = `c-${randomUUID().slice(0, 8)}`;
  const first = await aConsole(clusterId);
  while (!first.reads.has("health")) await sleep(20);
  const second = await aConsole(clusterId);
  await second.collector.reader("health").watch(2_000);
  return [first, second];
}

const seenBy = (one: Console, name: TopicName) => one.collector.reader(name).snapshot();

test("what somebody looks at on any console is read by the collecting one, and both show the same version", async () => {
  const [first, second] = await two();
  await second.collector.reader("nodes").watch(2_500);
  expect(seenBy(second, "nodes")).toMatchObject({ data: "first", problem: null });
  expect(seenBy(second, "nodes").version).toBe(seenBy(first, "nodes").version);
  expect([first.reads.get("nodes"), second.reads.get("nodes")]).toEqual([1, undefined]);
});

test("a refresh on a follower shows what was read after it was asked for; its listeners hear of the new version", async () => {
  const [first, second] = await two();
  await second.collector.reader("nodes").watch(2_500);
  const heard: string[] = [];
  second.collector.subscribe((name, version) => heard.push(`${name} ${version}`));
  truth = { changed: true };
  await second.collector.reader("nodes").refresh();
  expect(seenBy(second, "nodes").data).toEqual({ changed: true });
  expect(heard).toContain(`nodes ${seenBy(first, "nodes").version}`);
  expect(second.reads.has("nodes")).toBe(false);
});

test("what 'Read now' asks beside the usual is asked by the collecting console", async () => {
  const [first, second] = await two();
  await second.collector.reader("activity").refresh(true);
  expect([first.thorough(), second.thorough()]).toEqual([1, 0]);
});

test("a topic that asks the cluster nothing is read by each console, and a refresh reaches the others", async () => {
  const [first, second] = await two();
  for (const one of [first, second]) await one.collector.reader("runs").watch(2_000);
  truth = "next";
  await first.collector.reader("runs").refresh();
  while (seenBy(second, "runs").data !== "next") await sleep(20);
  expect(second.reads.get("runs")).toBe(2);
});

test("a failed read takes no data away, neither here nor there, and neither from the collector that comes after", async () => {
  const [first, second] = await two();
  await second.collector.reader("nodes").watch(2_500);
  truth = null;
  await second.collector.reader("nodes").refresh();
  expect(seenBy(second, "nodes")).toMatchObject({ data: "first", problem: { code: "cluster_unreachable" } });
  await first.collector.stop();
  while (!second.reads.has("health")) await sleep(20);
  await second.collector.reader("nodes").refresh();
  expect(second.reads.get("nodes")).toBeGreaterThan(0);
  const { data, problem, ageMs } = seenBy(second, "nodes");
  expect([data, problem?.code]).toEqual(["first", "cluster_unreachable"]);
  expect(ageMs).toBeGreaterThan(0);
});

test("a large snapshot arrives whole", async () => {
  const [, second] = await two();
  truth = Array.from({ length: 20_000 }, (_, index) => ({ index, name: `a "table" \u{202e} ${index}` }));
  await second.collector.reader("nodes").refresh();
  expect(seenBy(second, "nodes").data).toEqual(truth);
});

test("a follower whose state is away keeps what it shows, says why it is old, and goes on when it is back", async () => {
  const [, second] = await two();
  await second.collector.reader("nodes").watch(2_500);
  const { all } = second.database;
  const before = seenBy(second, "nodes");
  second.database.all = () => Promise.reject(new AppError("state_failed", "cut"));
  while (seenBy(second, "nodes").problem === null) await sleep(100);
  expect(seenBy(second, "nodes")).toMatchObject({ data: "first", problem: { code: "state_failed" } });
  expect(seenBy(second, "nodes").version).not.toBe(before.version);
  second.database.all = all;
  while (seenBy(second, "nodes").problem !== null) await sleep(100);
  expect(seenBy(second, "nodes").version).toBe(before.version);
});
