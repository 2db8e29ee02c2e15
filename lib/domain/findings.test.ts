import { expect, test } from "vitest";
import { anActivity } from "@/lib/testing/activity";
import { aJob, someJobs } from "@/lib/testing/jobs";
import { aPicture, aWorker } from "@/lib/testing/layout";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import { aReplication } from "@/lib/testing/replication";
import type { FindingFacts } from "./finding";
import { findingsOf } from "./findings";

const nodes = [0, 1, 2, 3].map((groupId) => aWorker(groupId));
const silence = (nodeId: (typeof nodes)[number]) => noAnswer(nodeId);

const NOTHING_LEFT = { slots: [], subscriptions: [], publications: [] };

function facts(silent: readonly number[]): FindingFacts {
  const of = nodes.map((node) => (silent.includes(node.groupId) ? silence(node) : anAnswer(node)));
  const answers = of.map((answer) => (answer.ok ? { ...answer, value: 1 } : answer));
  return {
    health: { primaries: [], inRecovery: false, answering: "10.0.0.1:5432" },
    picture: aPicture({ silent }),
    coordinatorRegistered: true,
    nodeFacts: { answers: of },
    jobs: someJobs({ jobs: [], tasks: [] }),
    activity: anActivity({ answers, prepared: [] }),
    debris: { records: [], answers: of.map((one) => (one.ok ? { ...one, value: NOTHING_LEFT } : one)) },
    replication: aReplication({ answers: answers.map((one) => (one.ok ? { ...one, value: "0/64" } : one)) }),
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
