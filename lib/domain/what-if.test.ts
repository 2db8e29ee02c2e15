import { expect, test } from "vitest";
import { aPicture } from "../testing/layout";
import type { PlannerRules } from "./planner-rules";
import { SHIPPED_OPTIONS } from "./shipped-strategies";
import { AS_IT_IS, type Scenario, whatIf } from "./what-if";
import { handMovesIn, handMovesText, scenarioChoices, withHandMove } from "./what-if-address";

const picture = aPicture();
const workers = picture.primaries.filter((node) => node.mayHoldShards);
const [first, second] = workers;
const rules = (name: "by_shard_count" | "by_disk_size"): PlannerRules => ({
  ...SHIPPED_OPTIONS[name],
  name,
  isDefault: true,
  costs: name === "by_shard_count" ? "count" : { baseBytes: 104_857_600 },
  capacities: [],
  disallowed: [],
});
const ask = (over: Partial<Scenario>, threshold: number | null = null) =>
  whatIf(picture, rules("by_shard_count"), [], { ...AS_IT_IS, ...over }, threshold);
const groupsAfter = (over: Partial<Scenario>) => ask(over)?.nodes.map((node) => node.groupsAfter);

test("as it is: balanced, and what is there is counted", () => {
  expect(ask({})).toMatchObject({ moves: 0, bytes: 0, stuck: 0 });
  expect(ask({})?.nodes.map((node) => node.groups)).toEqual([5, 4, 3]);
});

test("two more nodes get their share, under ids of their own", () => {
  const answer = ask({ addedNodes: 2 });
  expect(answer?.nodes).toHaveLength(5);
  expect(answer?.nodes.slice(3).every((node) => node.groups === 0 && node.groupsAfter >= 1)).toBe(true);
  expect(answer?.moves).toBe(answer?.first.length);
});

test("without a worker all that is on it leaves", () => {
  expect(ask({ without: first?.id ?? null })?.nodes.find((node) => node.nodeId === first?.id)).toMatchObject({
    counts: false,
    groupsAfter: 0,
    bytesAfter: 0,
  });
});

test("a node of double capacity ends with more than the others", () => {
  const after = groupsAfter({ doubled: second?.id ?? null }) ?? [];
  expect(after[1]).toBeGreaterThan(Math.max(after[0] ?? 0, after[2] ?? 0));
});

test("with twice as many shards there are twice as many groups of the same bytes", () => {
  const sum = (of: (node: { groups: number; bytes: number | null }) => number | null, over: Partial<Scenario>) =>
    ask(over)?.nodes.reduce((total, node) => total + (of(node) ?? 0), 0);
  expect(sum((node) => node.groups, { isSplit: true })).toBe(24);
  expect(sum((node) => node.bytes, { isSplit: true })).toBe(sum((node) => node.bytes, {}));
});

test("what was put elsewhere by hand is where the plan starts from", () => {
  if (!first || !second) throw new Error("the picture has workers");
  const [group] = picture.groups.filter((one) => one.isOn(first.groupId));
  const answer = ask({ byHand: [{ shardId: group?.id ?? 0, from: first.id, to: second.id }] });
  expect(answer?.nodes.map((node) => node.groups)).toEqual([4, 5, 3]);
});

test("where a size is missing, only what weighs by size cannot be planned", () => {
  const partial = aPicture({ silent: [1] });
  expect(whatIf(partial, rules("by_disk_size"), [], AS_IT_IS, null)).toBeNull();
  expect(whatIf(partial, rules("by_shard_count"), [], { ...AS_IT_IS, addedNodes: 1 }, null)?.bytes).toBeNull();
});

test("bytes before and after are the same in all", () => {
  const answer = whatIf(picture, rules("by_disk_size"), [], { ...AS_IT_IS, addedNodes: 1 }, 0.01);
  const total = (of: "bytes" | "bytesAfter") => answer?.nodes.reduce((sum, node) => sum + (node[of] ?? 0), 0);
  expect(total("bytesAfter")).toBe(total("bytes"));
});

test("what is put elsewhere survives the address, and put back it is gone", () => {
  if (!first || !second) throw new Error("the picture has workers");
  const move = { shardId: 102008, from: first.id, to: second.id };
  expect(handMovesIn(handMovesText([move]))).toEqual([move]);
  expect(handMovesIn("x,1.2,102008.-1.2")).toEqual([]);
  expect(withHandMove([move], { ...move, to: first.id })).toEqual([]);
  expect(handMovesText([])).toBeNull();
});

test("every choice has a name of its own", () => {
  const names = scenarioChoices(workers, picture.names).map((choice) => choice.name);
  expect(new Set(names).size).toBe(names.length);
});
