import { expect, test } from "vitest";
import { aWorker } from "../testing/layout";
import { anAnswer, noAnswer } from "../testing/node-facts";
import { nodeRows } from "./node-rows";
import { membersSentence, silenceSentence } from "./node-sentences";

const [coordinator, worker1, worker2] = [aWorker(0), aWorker(1), aWorker(2)];
const nodes = [coordinator, worker1, worker2];

test("the members are counted by what they are", () => {
  const clone = aWorker(3, { role: "unavailable", isClone: true, isActive: false });
  expect(membersSentence(nodes)).toBe("1 coordinator, 2 workers");
  expect(membersSentence([...nodes, clone])).toBe("1 coordinator, 2 workers, 1 clone");
  expect(membersSentence([])).toBe("no nodes");
});

test("who does not answer is named, and who was not asked is not counted", () => {
  const rows = (answers: Parameters<typeof nodeRows>[2]) => nodeRows(nodes, null, answers);
  expect(silenceSentence(rows({ answers: [anAnswer(coordinator), anAnswer(worker1), noAnswer(worker2)] }))).toBe(
    "2 of 3 nodes answer; :55166 does not",
  );
  expect(silenceSentence(rows({ answers: nodes.map((node) => anAnswer(node)) }))).toBeNull();
  expect(silenceSentence(rows(null))).toBeNull();
});
