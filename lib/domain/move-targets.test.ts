import { expect, test } from "vitest";
import { aPicture, aWorker } from "@/lib/testing/layout";
import { anAnswer, noAnswer } from "@/lib/testing/node-facts";
import { mayCopyGroup, mayCopyTo, mayMoveGroup, mayMoveTo, moveTargets } from "./move-targets";

const picture = aPicture();
const groupNamed = (id: number) => {
  const group = picture.groupOfShard.get(id);
  if (!group) throw new Error(`no group ${id}`);
  return group;
};
const reasons = (over: { facts?: Parameters<typeof moveTargets>[2] } = {}) =>
  moveTargets(groupNamed(102008), picture, over.facts ?? null).map(({ node, verdict }) => [
    node.port,
    verdict.allowed ? "may" : verdict.because,
  ]);

test("every node is listed, the legal ones first, and an illegal one says why not", () => {
  expect(reasons()).toEqual([
    [55167, "may"],
    [55166, "may"],
    [55164, "It may not hold shards. Open it for shards first."],
    [55165, "It holds this group already."],
  ]);
});

test.each([
  ["a clone", { isClone: true, role: "unavailable" as const }, "It is a clone, which holds no shards of its own."],
  ["a secondary", { role: "secondary" as const }, "It holds what its primary holds. Choose the primary."],
  ["an inactive node", { isActive: false }, "It is inactive. Activate it first."],
  ["a closed node", { mayHoldShards: false }, "It may not hold shards. Open it for shards first."],
])("%s is no place for shards", (_what, over, because) => {
  expect(mayMoveTo({ kind: "distributed", groupIds: [1] }, aWorker(9, over))).toEqual({ allowed: false, because });
});

test("a secondary of the group's own node is no place that holds it already", () => {
  const verdict = mayMoveTo({ kind: "distributed", groupIds: [1] }, aWorker(1, { role: "secondary" }));
  expect(verdict).toMatchObject({ because: "It holds what its primary holds. Choose the primary." });
});

test("a node that is silent or too full is no target, and the reason has the numbers", () => {
  const [, , silent, full] = picture.nodes;
  if (!silent || !full) throw new Error("the picture has four nodes");
  const facts = { answers: [noAnswer(silent), anAnswer(full, { diskFreeBytes: 1_048_576 })] };
  expect(reasons({ facts })).toEqual(
    expect.arrayContaining([
      [55166, "It does not answer, so nothing can be copied to it."],
      [55167, "Its disk has 1.0 MB free, and the group is 6.0 MB."],
    ]),
  );
});

test("what a target holds afterwards is what it holds and the group; where a size is not known it is not known", () => {
  const target = moveTargets(groupNamed(102008), picture, null).find(({ node }) => node.port === 55166);
  expect((target?.bytesAfter ?? 0) - (target?.bytes ?? 0)).toBe(groupNamed(102008).bytes);
  const partial = aPicture({ silent: [2] });
  const group = partial.groupOfShard.get(102008);
  const unknown = group && moveTargets(group, partial, null).find(({ node }) => node.port === 55166);
  expect(unknown).toMatchObject({ bytes: null, bytesAfter: null });
});

test("reference tables and local ones do not move", () => {
  expect(mayMoveGroup(groupNamed(102028))).toMatchObject({ allowed: false });
  expect(mayMoveGroup({ kind: "local", groupIds: [0] })).toMatchObject({ allowed: false });
  expect(mayMoveGroup(groupNamed(102008))).toEqual({ allowed: true });
});

test("Citus copies reference tables, also to a closed node, and shards of which it keeps several copies; of others the reason is said", () => {
  const once = { id: 1, shardCount: 8, replicationFactor: 1, distributionColumnType: "bigint" };
  expect(mayCopyGroup(groupNamed(102008), [once])).toMatchObject({ allowed: false });
  expect(mayCopyGroup(groupNamed(102008), [{ ...once, replicationFactor: 2 }])).toEqual({ allowed: true });
  expect(mayCopyGroup(groupNamed(102028), [])).toEqual({ allowed: true });
  const closed = aWorker(9, { mayHoldShards: false });
  expect(mayCopyTo(groupNamed(102028), closed)).toEqual({ allowed: true });
  expect(mayCopyTo(groupNamed(102008), closed)).toMatchObject({ allowed: false });
});
