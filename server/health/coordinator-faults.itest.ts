import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TopicName } from "@/lib/domain/live";
import { waitUntil } from "@/sandbox/processes/wait";
import type { FaultProxy } from "@/sandbox/proxy/types";
import { collectorFor, stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";

const { sandbox, asReadLogin } = testCluster();
/** As often as screens ask; a topic that is not asked for rests. */
const WATCHED: readonly TopicName[] = ["health", "nodes", "node-facts", "topology", "jobs", "activity"];
/** Of the lane in which everything is read. */
const READ_SESSIONS = 4;
/** After the coordinator accepts connections again. */
const RECOVERED_WITHIN_MS = 20_000;
/** What a viewer waits for at most when there is something to show. */
const PATIENCE_MS = 1_000;

let proxy: FaultProxy;
beforeEach(async () => {
  proxy = await sandbox.proxyFor("coordinator");
});
afterEach(async () => {
  stopCollectors();
  await closePools();
  await proxy.close();
});
afterAll(closePools);

/** The console as it looks at the coordinator through the proxy, with every topic read once. */
async function watching() {
  const address = { host: proxy.host, port: proxy.port };
  const collector = collectorFor({ ...asReadLogin, coordinator: address, coordinators: [address] });
  const look = () => Promise.all(WATCHED.map((topic) => collector.reader(topic).watch(PATIENCE_MS)));
  const snapshots = () => WATCHED.map((topic) => collector.reader(topic).snapshot());
  const readAgain = () => Promise.all(WATCHED.map((topic) => collector.reader(topic).refresh()));
  const areFresh = () => snapshots().every(({ data, problem }) => data !== null && problem === null);
  /** Fails where it takes longer. Nobody asks for a reading: the readers come back by themselves. */
  const recover = (limitMs: number) =>
    waitUntil(
      "recovery",
      async () => {
        await look();
        return areFresh();
      },
      limitMs,
      50,
    );
  await recover(30_000);
  return { look, snapshots, readAgain, recover };
}

describe("F1: the coordinator restarts", () => {
  test.each(["fast", "immediate", "fast"] as const)(
    "%s: what was read stays with its growing age and the reason, and is current again by itself",
    async (how) => {
      const console = await watching();
      const known = console.snapshots().map(({ data }) => data);
      await sandbox.halt("coordinator", how);
      await console.readAgain();
      for (const [index, { data, problem, ageMs, failingForMs }] of console.snapshots().entries()) {
        expect(data).toEqual(known[index]);
        expect(problem?.code).toBe("cluster_unreachable");
        expect(ageMs).toBeGreaterThan(0);
        expect(failingForMs).toBeGreaterThanOrEqual(0);
      }
      await sandbox.start("coordinator");
      await console.recover(RECOVERED_WITHIN_MS);
    },
  );
});

describe("F2: the coordinator is there and says nothing", () => {
  test.each(["black-holed", "frozen"] as const)(
    "%s: answers come at once from what is known, at most four connections wait, and nothing hangs",
    async (how) => {
      const console = await watching();
      await closePools(); // or the silence would be noticed only when a statement's time is over
      if (how === "frozen") sandbox.freeze("coordinator");
      else await proxy.set("blackhole");
      try {
        const reading = console.readAgain();
        const began = performance.now();
        await Promise.all(Array.from({ length: 200 }, console.look));
        expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
        expect(proxy.open()).toBeLessThanOrEqual(READ_SESSIONS);
        await reading;
        for (const { data, problem } of console.snapshots()) {
          expect(data).not.toBeNull();
          expect(["cluster_silent", "console_busy"]).toContain(problem?.code);
        }
      } finally {
        sandbox.thaw("coordinator");
        await proxy.set("pass");
      }
      await console.recover(30_000);
    },
  );
});
