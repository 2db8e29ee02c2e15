import fc from "fast-check";
import { expect, test } from "vitest";
import type { TopicName } from "@/lib/domain/live";
import { createBudget } from "./budget";
import { fairLevel, pacedWithin } from "./fair-pace";

type Reads = { topic: TopicName; costMs: number; paceMs: number };

/** Reads topics for so long, each as soon as the budget lets it, and tells how long the servers worked and how often each was read. */
function live(topics: readonly Reads[], forMs: number, share = 0.01) {
  let clock = 0;
  const budget = createBudget(share, () => clock);
  const due = new Map(topics.map(({ topic }) => [topic, 0]));
  const reads = new Map(topics.map(({ topic }) => [topic, [] as number[]]));
  let spentMs = 0;
  while (clock < forMs) {
    for (const { topic, costMs, paceMs } of topics) {
      if ((due.get(topic) ?? 0) > clock) continue;
      budget.charge(topic, costMs);
      spentMs += costMs;
      reads.get(topic)?.push(clock);
      due.set(topic, clock + costMs + budget.paceOf(topic, paceMs));
    }
    clock = Math.min(...due.values());
  }
  return { spentMs, reads, budget };
}

const HOUR = 3_600_000;
const CHEAP: Reads = { topic: "nodes", costMs: 2, paceMs: 3_000 };
const BUSY: Reads = { topic: "activity", costMs: 40, paceMs: 2_000 };
const DEAR: Reads = { topic: "sizes", costMs: 4_000, paceMs: 5_000 };

test("a small cluster is read at every topic's own pace for ever", () => {
  const { reads } = live([CHEAP, { ...BUSY, costMs: 8 }], HOUR);
  expect(reads.get("nodes")?.length).toBeGreaterThan(HOUR / 3_010);
  expect(reads.get("activity")?.length).toBeGreaterThan(HOUR / 2_020);
});

test("in the long run no server works more than its share, and a full purse beside it, whatever is read", () => {
  const reads = fc.record({
    costMs: fc.integer({ min: 1, max: 3_000 }),
    paceMs: fc.integer({ min: 1_000, max: 10_000 }),
  });
  fc.assert(
    fc.property(reads, reads, reads, (a, b, c) => {
      const topics = [
        { topic: "nodes", ...a },
        { topic: "activity", ...b },
        { topic: "sizes", ...c },
      ] as const;
      const { spentMs } = live(topics, 6 * HOUR);
      // What is under way when the purse runs empty is paid all the same.
      expect(spentMs).toBeLessThan(0.01 * 6 * HOUR + 6_000 + 2 * (a.costMs + b.costMs + c.costMs));
    }),
    { numRuns: 30 },
  );
});

test("a dear topic waits, and the cheap ones are as quick as ever", () => {
  const { reads } = live([CHEAP, DEAR], 6 * HOUR);
  expect(reads.get("nodes")?.length).toBeGreaterThan((6 * HOUR) / 3_010);
  const sizes = reads.get("sizes") ?? [];
  expect(sizes.length).toBeGreaterThan(30);
  expect(sizes.length).toBeLessThan((6 * HOUR) / 400_000 + 5);
});

test("from a full purse a visit of minutes is served without a wait", () => {
  const { reads } = live([BUSY, CHEAP], 4 * 60_000);
  expect(reads.get("activity")?.length).toBeGreaterThan((4 * 60_000) / 2_050);
});

test("what people follow is not put off for longer than they can stand, however empty the purse is", () => {
  const budget = createBudget(0.01, () => 0);
  budget.charge("jobs", 60_000);
  expect(budget.paceOf("jobs", 1_000)).toBeGreaterThan(60_000);
  expect(budget.paceOf("jobs", 1_000, 5_000)).toBe(5_000);
});

test("what nobody reads any more leaves its part to the others", () => {
  const clock = { now: 0 };
  const budget = createBudget(0.01, () => clock.now);
  budget.charge("sizes", 4_000);
  budget.charge("activity", 4_000);
  budget.paceOf("sizes", 5_000);
  const beside = budget.paceOf("activity", 2_000);
  budget.leave("sizes");
  expect(budget.paceOf("activity", 2_000)).toBeLessThan(beside);
});

test("the fair level gives away all there is, and no more", () => {
  const wish = fc.record({ costMs: fc.integer({ min: 0, max: 5_000 }), paceMs: fc.integer({ min: 500, max: 60_000 }) });
  fc.assert(
    fc.property(fc.array(wish, { minLength: 1, maxLength: 12 }), (wishes) => {
      const level = fairLevel(wishes, 0.01);
      const used = wishes.reduce((sum, one) => sum + one.costMs / pacedWithin(one, level), 0);
      const wanted = wishes.reduce((sum, one) => sum + one.costMs / one.paceMs, 0);
      expect(used).toBeCloseTo(Math.min(wanted, 0.01), 8);
    }),
  );
});
