import { expect, test } from "vitest";
import { aPicture, aWorker } from "../testing/layout";
import type { Verdict } from "./cluster";
import { holdingsByGroup } from "./holdings";
import type { ClusterNode } from "./node";
import * as rules from "./node-rules";
import { shardColumns, shardsOf } from "./shard-columns";

const coordinator = aWorker(0);
const [worker1, worker2, worker3] = [aWorker(1), aWorker(2), aWorker(3)];
const spare = aWorker(4);
const nodes = [coordinator, worker1, worker2, worker3, spare];
const { topology, sizes } = aPicture();
const holdings = holdingsByGroup(topology, sizes);

const now = (over: Partial<rules.NodesAndHoldings> = {}): rules.NodesAndHoldings => ({
  nodes,
  holdings,
  openJobId: null,
  ...over,
});
const reason = (verdict: Verdict) => (verdict.allowed ? null : verdict.because);
const secondaryOf = (primary: ClusterNode) =>
  aWorker(primary.groupId, { role: "secondary", port: 55265, id: aWorker(9).id });
const clone = aWorker(5, { role: "unavailable", isClone: true, isActive: false });

test("a known address is never added again: Citus would return its id and say nothing", () => {
  expect(reason(rules.mayAdd(worker1, nodes))).toContain("is in the cluster already");
  expect(reason(rules.mayAdd(coordinator, nodes))).toContain("is the coordinator");
  expect(reason(rules.mayAdd(worker1, [{ ...worker1, isActive: false }]))).toContain("Activate it instead");
  expect(reason(rules.mayAdd(clone, [clone]))).toContain("as a clone");
  expect(rules.mayAdd({ host: "127.0.0.1", port: 1 }, nodes).allowed).toBe(true);
});

test("no worker is added while the coordinator stands as localhost, unless the worker does as well", () => {
  const local = [{ ...coordinator, host: "localhost" }];
  expect(reason(rules.mayAdd({ host: "10.0.0.2", port: 5432 }, local))).toContain("Set the coordinator's host first");
  expect(rules.mayAdd({ host: "localhost", port: 5433 }, local).allowed).toBe(true);
  expect(rules.mayAddNodes([]).allowed).toBe(true);
});

test("what holds the only copy of a shard is neither disabled nor removed", () => {
  for (const rule of [rules.mayDisable, rules.mayRemove]) {
    expect(reason(rule(worker1, now()))).toMatch(/^It holds the only copy of \d+ shards\. Drain it first\.$/);
    expect(rule(spare, now()).allowed).toBe(true);
  }
});

test("a reference table does not keep a node: every node has a copy", () => {
  const copies = shardsOf(topology.shards).filter((shard) => shard.tableOid === 4);
  const onlyReference = holdingsByGroup({ ...topology, shards: shardColumns(copies) }, sizes);
  expect(rules.mayRemove(worker1, now({ holdings: onlyReference })).allowed).toBe(true);
});

test("what is not known yet allows nothing that hangs on it", () => {
  for (const rule of [rules.mayDisable, rules.mayRemove, rules.mayDrain]) {
    expect(reason(rule(spare, now({ holdings: null })))).toContain("has not been read yet");
  }
});

test("the coordinator is neither disabled nor removed", () => {
  expect(reason(rules.mayDisable(coordinator, now()))).toContain("cannot be disabled");
  expect(reason(rules.mayRemove(coordinator, now()))).toContain("cannot leave");
});

test("a primary is not removed from under its secondary, and the secondary may go", () => {
  const secondary = secondaryOf(spare);
  const withSecondary = now({ nodes: [...nodes, secondary] });
  expect(reason(rules.mayRemove(spare, withSecondary))).toContain("127.0.0.1:55265 is registered. Remove that first.");
  expect(rules.mayRemove(secondary, withSecondary).allowed).toBe(true);
});

test("the last node that may hold shards is neither closed nor drained", () => {
  const alone = now({ nodes: nodes.map((node) => ({ ...node, mayHoldShards: node.id === worker1.id })) });
  expect(reason(rules.mayClose(worker1, alone))).toContain("last node that may hold shards");
  expect(reason(rules.mayDrain(worker1, alone))).toContain("No other active node may hold shards");
});

test("an inactive node is no home for what is drained", () => {
  const others = [worker2, worker3, spare].map((node) => ({ ...node, isActive: false }));
  expect(rules.mayDrain(worker1, now({ nodes: [coordinator, worker1, ...others] })).allowed).toBe(false);
});

test("an empty node is not drained, and it is said what can be done instead", () => {
  expect(reason(rules.mayDrain(spare, now()))).toContain("Close it for new shards, or remove it");
  expect(reason(rules.mayDrain({ ...spare, mayHoldShards: false }, now()))).toContain("It can be removed");
});

test("a drain waits for the job that is under way", () => {
  expect(reason(rules.mayDrain(worker1, now({ openJobId: 9 })))).toContain("Job 9 is under way");
});

test("opening and closing what is so already is refused", () => {
  expect(reason(rules.mayOpen(worker1))).toContain("already");
  expect(reason(rules.mayClose({ ...worker1, mayHoldShards: false }, now()))).toContain("already");
  expect(rules.mayOpen({ ...worker1, mayHoldShards: false }).allowed).toBe(true);
});

test("a secondary is changed at its primary, and has no secondary of its own", () => {
  const secondary = secondaryOf(worker1);
  expect(reason(rules.mayOpen(secondary))).toContain("at the primary");
  expect(reason(rules.mayDrain(secondary, now()))).toContain("at the primary");
  expect(rules.mayAddSecondary(secondary).allowed).toBe(false);
  expect(rules.mayAddSecondary(worker1).allowed).toBe(true);
});

test("a clone is left to its own functions", () => {
  const verdicts = [
    rules.mayActivate(clone),
    rules.mayDisable(clone, now()),
    rules.mayRemove(clone, now()),
    rules.mayOpen(clone),
    rules.mayDrain(clone, now()),
  ];
  for (const verdict of verdicts) expect(reason(verdict)).toContain("clone");
});

test("only an inactive node is activated, only an active one disabled", () => {
  expect(rules.mayActivate({ ...spare, isActive: false }).allowed).toBe(true);
  expect(reason(rules.mayActivate(spare))).toContain("active already");
  expect(reason(rules.mayDisable({ ...spare, isActive: false }, now()))).toContain("inactive already");
});

test("a drain takes every closed node that still holds shards with it", () => {
  const closed = { ...worker2, mayHoldShards: false };
  const closedAndEmpty = { ...spare, mayHoldShards: false };
  const state = now({ nodes: [coordinator, worker1, closed, worker3, closedAndEmpty] });
  expect(rules.alsoDrained(worker1, state)).toEqual([closed]);
});

test("every refusal is a sentence with a full stop", () => {
  const all = [...nodes, clone, secondaryOf(worker1)].flatMap((node) => [
    rules.mayActivate(node),
    rules.mayDisable(node, now()),
    rules.mayRemove(node, now()),
    rules.mayOpen(node),
    rules.mayClose(node, now()),
    rules.mayDrain(node, now()),
    rules.mayAddSecondary(node),
  ]);
  for (const because of all.map(reason)) if (because !== null) expect(because).toMatch(/^[A-Z].*\.$/);
});
