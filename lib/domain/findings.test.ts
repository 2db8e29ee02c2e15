import { expect, test } from "vitest";
import { anActivity } from "@/lib/testing/activity";
import { aJob, someJobs } from "@/lib/testing/jobs";
import { aPicture, aWorker } from "@/lib/testing/layout";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import { aReplication } from "@/lib/testing/replication";
import type { FindingFacts } from "./finding";
import { findingsOf } from "./findings";
import type { History } from "./history";
import { rebalanceWould } from "./rebalance-would";

const nodes = [0, 1, 2, 3].map((groupId) => aWorker(groupId));
const silence = (nodeId: (typeof nodes)[number]) => noAnswer(nodeId);

const NOTHING_LEFT = { slots: [], subscriptions: [], publications: [], shards: [] };

const GB = 1024 ** 3;
const HOUR = 3_600_000;
/** As many hours until now, at whose end so much is free, of which so many bytes were lost a day. */
const hourly = (count: number, lostPerDay: number) =>
  Array.from({ length: count }, (_, index) => 40 * GB + (lostPerDay * (count - 1 - index)) / 24);
function aLine(valuesOf: (node: (typeof nodes)[number]) => number[]): History {
  const times = Array.from({ length: 100 }, (_, index) => 1_800_000_000_000 + index * HOUR);
  const lines = nodes.map((node) => {
    const values = valuesOf(node);
    const mean = times.map((_, index) => values[index - (times.length - values.length)] ?? null);
    return { key: String(node.id), mean, low: mean, high: mean };
  });
  return { since: times[0] ?? null, stepMs: HOUR, times, lines };
}

function facts(silent: readonly number[]): FindingFacts {
  const of = nodes.map((node) => (silent.includes(node.groupId) ? silence(node) : anAnswer(node)));
  const answers = of.map((answer) => (answer.ok ? { ...answer, value: 1 } : answer));
  return {
    health: { primaries: [], inRecovery: false, answering: "10.0.0.1:5432" },
    picture: aPicture({ silent }),
    would: rebalanceWould(aPicture({ silent })),
    coordinatorRegistered: true,
    nodeFacts: { answers: of },
    jobs: someJobs({ jobs: [], tasks: [] }),
    activity: anActivity({ answers, prepared: [] }),
    debris: { records: [], answers: of.map((one) => (one.ok ? { ...one, value: NOTHING_LEFT } : one)) },
    replication: aReplication({ answers: answers.map((one) => (one.ok ? { ...one, value: "0/64" } : one)) }),
    diskFree: aLine((node) => (silent.includes(node.groupId) ? [] : hourly(100, 0))),
  };
}

test("with every node answering every rule has what it needs", () => {
  const { unknown, checked, passing, found } = findingsOf(facts([]));
  expect(unknown).toEqual([]);
  expect(checked).toBeGreaterThanOrEqual(passing.length);
  expect(passing).toContain("Disk free > 15 %");
  expect(found.map((one) => one.text)).not.toContain("Node :55166 does not answer.");
});

test("what was asked of every node passes for none while one is silent", () => {
  const { unknown, passing, found } = findingsOf(facts([2]));
  expect(found[0]).toMatchObject({ tone: "bad", text: "Node :55166 does not answer." });
  expect(unknown).toContain("No disk full in 14 d");
  const asked = ["Same versions", "Disk free > 15 %", "Connections < 80 %", "Lock waits < 10 s", "No inactive slots"];
  for (const rule of asked) {
    expect(unknown, rule).toContain(rule);
    expect(passing, rule).not.toContain(rule);
  }
  // The coordinator alone knows this.
  expect(passing).toContain("Nodes active");
});

test("while a job moves shard groups the balance is neither good nor bad", () => {
  const { unknown } = findingsOf({ ...facts([]), jobs: someJobs({ jobs: [aJob()] }) });
  expect(unknown).toContain("Balanced");
});

test("F9: two primaries are both named, and a standby in the coordinator's place is", () => {
  const health = { primaries: ["a:5432", "b:5432"], inRecovery: false, answering: "b:5432" };
  expect(findingsOf({ ...facts([]), health }).found[0]).toMatchObject({
    tone: "bad",
    text: "a:5432 and b:5432 both say that they are the coordinator's primary.",
  });
  const standby = { primaries: [], inRecovery: true, answering: "b:5432" };
  expect(findingsOf({ ...facts([]), health: standby }).found[0]?.text).toBe("The coordinator b:5432 is a standby.");
});

test("a disk that fills within two weeks is found with when and by what; within two days it is bad", () => {
  const filling = (days: number) =>
    findingsOf({
      ...facts([]),
      diskFree: aLine((node) => hourly(100, node.groupId === 2 ? (40 * GB) / days : GB / 4)),
    }).found.find(({ text }) => text.startsWith("The disk of"));
  expect(filling(10)).toMatchObject({ tone: "warn", screen: "nodes" });
  expect(filling(10)?.text).toMatch(
    /^The disk of :55166 is full in about 10 days \(\d{4}-\d\d-\d\d\), by a straight line/,
  );
  expect(filling(1.5)?.tone).toBe("bad");
  expect(filling(20)).toBeUndefined();
});

test("a disk that was measured for less than a day neither passes nor is found", () => {
  const { unknown, found } = findingsOf({ ...facts([]), diskFree: aLine(() => hourly(5, 100 * GB)) });
  expect(unknown).toContain("No disk full in 14 d");
  expect(found.filter(({ text }) => text.startsWith("The disk"))).toEqual([]);
});
