import { expect, test } from "vitest";
import { aJob, someJobs } from "@/lib/testing/jobs";
import { aPicture, aTable, aTopology, aWorker, hashShards, someSizes } from "@/lib/testing/layout";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import { clusterPicture } from "./cluster-picture";
import { overviewVerdict, type UnderWay } from "./overview-verdict";
import { rebalanceWould } from "./rebalance-would";

const NOTHING = { nodeFacts: null, jobs: null };

function said(picture: ReturnType<typeof aPicture>, underWay: Omit<UnderWay, "would"> = NOTHING) {
  const would = rebalanceWould(picture);
  const { phrases, suggestsRebalance } = overviewVerdict(picture, { ...underWay, would });
  return { text: phrases.map((phrase) => phrase.text).join(""), suggestsRebalance };
}

/** Eight shards of 200 MB on two workers; the third has just joined. */
function withAnEmptyWorker() {
  const nodes = [0, 1, 2, 3].map((groupId) => aWorker(groupId));
  const table = aTable(1, "orders");
  const topology = aTopology(
    [table],
    hashShards(table, 1, 8, (index) => 1 + (index % 2)),
  );
  return clusterPicture(
    nodes,
    topology,
    someSizes(nodes, topology, () => 200 * 1_048_576),
  );
}

test("the balance it tells is that of the bytes which stand below it", () => {
  const { text, suggestsRebalance } = said(withAnEmptyWorker());
  expect(text).toMatch(
    /^3 workers, 8 shard placements, 1\.6 GB\. Busiest node :55165 is 50 % above the mean; :55167 has none\./,
  );
  expect(text).toMatch(/A rebalance by size would move \d shard groups, about [\d.]+ MB\.$/);
  expect(suggestsRebalance).toBe(true);
});

test("while a job is open it proposes no other: Citus runs one at a time", () => {
  const { text, suggestsRebalance } = said(withAnEmptyWorker(), {
    nodeFacts: null,
    jobs: someJobs({ jobs: [aJob()] }),
  });
  expect(text).toMatch(/ Job \d+ is under way\.$/);
  expect(suggestsRebalance).not.toBe(true);
});

test("a silent node is the first thing said", () => {
  const nodes = [0, 1, 2, 3].map((groupId) => aWorker(groupId));
  const answers = nodes.map((node) => (node.groupId === 2 ? noAnswer(node) : anAnswer(node)));
  const { text } = said(aPicture({ silent: [2] }), { nodeFacts: { answers }, jobs: null });
  expect(text).toMatch(/^:55166 does not answer\. 3 workers, 24 shard placements, at least /);
});

test("until it is planned what a rebalance would move, it says nothing of it and proposes none", () => {
  const { phrases, suggestsRebalance } = overviewVerdict(withAnEmptyWorker(), { ...NOTHING, would: null });
  expect(phrases.map((phrase) => phrase.text).join("")).not.toContain("A rebalance by size");
  expect(suggestsRebalance).not.toBe(true);
});
