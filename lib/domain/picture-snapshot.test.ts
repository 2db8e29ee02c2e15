import { expect, test } from "vitest";
import { aPicture } from "../testing/layout";
import { parseSnapshot } from "./cluster-snapshot";
import { snapshotOf } from "./picture-snapshot";
import { optionsOf, plannerInputOf, shippedWeighing } from "./planner-input";
import type { PlannerRules } from "./planner-rules";
import { planMoves } from "./rebalance-plan";
import { SHIPPED_OPTIONS } from "./shipped-strategies";
import { planSnapshot } from "./snapshot-plan";

test.each(["by_shard_count", "by_disk_size"] as const)(
  "%s: a plan from the file is the plan from the cluster",
  (strategy) => {
    const picture = aPicture();
    const { snapshot, warnings } = snapshotOf(picture, [], null);
    expect(parseSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual({ snapshot });
    expect(warnings).toEqual([]);
    const input = plannerInputOf(picture, shippedWeighing(strategy));
    const direct = planMoves(input?.nodes ?? [], input?.groups ?? [], optionsOf(SHIPPED_OPTIONS[strategy]));
    const { answer } = planSnapshot(snapshot, { strategy });
    expect(answer.moves.map(({ from, to }) => [from, to])).toEqual(direct.map(({ from, to }) => [from, to]));
  },
);

test("what a strategy's own functions say stands in the file, the cost once for each group", () => {
  const picture = aPicture();
  const input = plannerInputOf(picture, shippedWeighing("by_shard_count"));
  const shardIds = [...(input?.groupOf.keys() ?? [])];
  const [node] = picture.primaries.filter((one) => one.mayHoldShards);
  const rules: PlannerRules = {
    ...SHIPPED_OPTIONS.by_shard_count,
    name: "mine",
    isDefault: false,
    costs: { shardIds, costs: shardIds.map(() => 7) },
    capacities: node ? [{ nodeId: node.id, capacity: 3 }] : [],
    disallowed: node ? [{ nodeId: node.id, shardIds: shardIds.slice(0, 1) }] : [],
  };
  const { snapshot } = snapshotOf(picture, [], rules);
  expect(snapshot.nodes.find((one) => one.id === node?.id)).toMatchObject({
    capacity: 3,
    disallowedShards: shardIds.slice(0, 1),
  });
  const { answer } = planSnapshot(snapshot, { strategy: "by_disk_size" });
  expect(answer.before.every(({ cost, shardGroups }) => cost === 7 * shardGroups)).toBe(true);
});

test("a node that did not say its sizes leaves bytes out, and that is a warning", () => {
  const { snapshot, warnings } = snapshotOf(aPicture({ silent: [1] }), [], null);
  expect(snapshot.shards.some((shard) => shard.bytes === undefined)).toBe(true);
  expect(warnings.join()).toContain("without a size: a node did not say it.");
});
