import fc from "fast-check";
import { expect, test } from "vitest";
import { aWait, gpid } from "@/lib/testing/activity";
import { freedBy, lockGraph, waitingBehind, waitOf } from "./lock-graph";
import { freedSentence } from "./session-sentences";

const sorted = (set: ReadonlySet<string>) => [...set].toSorted();

test("two wait for one: the one is the root, and ending it lets both go on", () => {
  const waits = [aWait(2, 1), aWait(3, 1)];
  const graph = lockGraph(waits);
  expect(graph.roots).toEqual([gpid(1)]);
  expect(freedSentence(waits, gpid(1), "terminate")).toBe("2 sessions wait for it; ending it lets both go on.");
  expect(freedSentence(waits, gpid(2), "terminate")).toBeNull();
});

test("in a chain the middle frees only those behind it, and stands between", () => {
  const graph = lockGraph([aWait(2, 1), aWait(3, 2)]);
  expect(graph.roots).toEqual([gpid(1)]);
  expect([1, 2, 3].map((n) => graph.depth.get(gpid(n)))).toEqual([0, 1, 2]);
  expect(sorted(freedBy(graph, gpid(1)))).toEqual([gpid(2), gpid(3)]);
  expect(sorted(freedBy(graph, gpid(2)))).toEqual([gpid(3)]);
});

test("a session that two block goes on only when both are gone", () => {
  const waits = [aWait(3, 1), aWait(3, 2), aWait(4, 1)];
  const graph = lockGraph(waits);
  expect(sorted(waitingBehind(graph, gpid(1)))).toEqual([gpid(3), gpid(4)]);
  expect(sorted(freedBy(graph, gpid(1)))).toEqual([gpid(4)]);
  expect(freedSentence(waits, gpid(1), "terminate")).toBe("2 sessions wait for it; ending it lets 1 of them go on.");
});

test("a ring has no root, is named, and ending any member opens it", () => {
  const graph = lockGraph([aWait(1, 2), aWait(2, 1), aWait(3, 1)]);
  expect(graph.roots).toEqual([]);
  expect(graph.cycles).toEqual([[gpid(1), gpid(2)]]);
  expect(sorted(freedBy(graph, gpid(1)))).toEqual([gpid(2), gpid(3)]);
});

test("a prepared transaction is a root although no session holds it", () => {
  const { nodeId } = aWait(2, 1);
  const graph = lockGraph([aWait(2, 1, { blocker: { kind: "prepared", nodeId, gid: "citus_0_7" } })]);
  expect(graph.roots).toEqual(["prepared 2 citus_0_7"]);
});

test("of the waits between the same two the longest counts; a statement does not wait for itself", () => {
  const graph = lockGraph([aWait(2, 1, { waitSeconds: 3 }), aWait(2, 1, { waitSeconds: 8 }), aWait(4, 4)]);
  expect(graph.edges).toHaveLength(1);
  expect(waitOf(graph, gpid(2))).toMatchObject({ longest: { wait: { waitSeconds: 8 } }, blockers: 1 });
});

const someWaits = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), { maxLength: 25 })
  .map((pairs) => pairs.map(([waiter, blocker]) => aWait(waiter, blocker)));

test("whoever is freed was waiting behind; without rings, ending the only root frees everybody", () => {
  fc.assert(
    fc.property(someWaits, (waits) => {
      const graph = lockGraph(waits);
      for (const party of graph.parties) {
        const behind = waitingBehind(graph, party);
        for (const freed of freedBy(graph, party)) expect(behind.has(freed)).toBe(true);
      }
      if (graph.cycles.length === 0 && graph.roots.length === 1 && graph.roots[0] !== undefined)
        expect(freedBy(graph, graph.roots[0]).size).toBe(graph.parties.length - 1);
    }),
  );
});

test("roots wait for nobody; outside rings a waiter always stands farther from the root than whoever it waits for", () => {
  fc.assert(
    fc.property(someWaits, (waits) => {
      const graph = lockGraph(waits);
      const ringOf = new Map(graph.cycles.flatMap((ring) => ring.map((member) => [member, ring] as const)));
      for (const { waiter, blocker } of graph.edges) {
        expect(graph.roots).not.toContain(waiter);
        const isSameRing = ringOf.has(waiter) && ringOf.get(waiter) === ringOf.get(blocker);
        const [farther = 0, nearer = 0] = [graph.depth.get(waiter), graph.depth.get(blocker)];
        if (isSameRing) expect(farther).toBe(nearer);
        else expect(farther).toBeGreaterThan(nearer);
      }
    }),
  );
});
