import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aPicture, aTable, aTopology, aWorker, hashShards, someSizes } from "@/lib/testing/layout";
import { heldOf, loadsOf } from "./balance";
import { clusterPicture } from "./cluster-picture";
import { shortNames } from "./node-names";
import { type Measure, skewOf, skewSentence } from "./skew";

/** One table, shard i of `bytes[i]` in node group `places[i]`. */
function pictureOf(bytes: number[], places: number[], nodes = [aWorker(0), aWorker(1), aWorker(2), aWorker(3)]) {
  const table = aTable(1, "orders");
  const topology = aTopology(
    [table],
    hashShards(table, 1, bytes.length, (index) => places[index] ?? 1),
  );
  return clusterPicture(
    nodes,
    topology,
    someSizes(nodes, topology, (shard) => bytes[shard.id - 1] ?? 0),
  );
}

function sentenceOf(picture: ReturnType<typeof pictureOf>, measure: Measure = "bytes") {
  return skewSentence(skewOf(loadsOf(picture), measure), shortNames(picture.nodes));
}

describe("which nodes count", () => {
  test("the coordinator counts only if it may hold shards", () => {
    const groups = (picture: ReturnType<typeof pictureOf>) => loadsOf(picture).map((load) => load.node.groupId);
    expect(groups(pictureOf([1], [1]))).toEqual([1, 2, 3]);
    expect(groups(pictureOf([1], [1], [aWorker(0, { mayHoldShards: true }), aWorker(1)]))).toEqual([0, 1]);
  });

  test("a closed node is no part of the mean, and is named while it holds something", () => {
    const nodes = [aWorker(1), aWorker(2), aWorker(3, { mayHoldShards: false })];
    const picture = pictureOf([5, 5, 5], [1, 2, 3], nodes);
    expect(sentenceOf(picture)).toBe("Balanced. :55167 is closed for shards and still holds 1 shard group.");
  });

  test("a secondary neither counts nor adds", () => {
    const secondary = aWorker(1, { id: aWorker(9).id, port: 1, role: "secondary" });
    const loads = loadsOf(pictureOf([5], [1], [aWorker(1), secondary]));
    expect(loads.map((load) => load.bytes)).toEqual([5]);
  });
});

describe("the sentence", () => {
  test.each([
    [[100, 100, 100], "Balanced."],
    [[102, 100, 98], "Balanced within 2 %."],
    [[135, 85, 80], "Busiest node :55165 is 35 % above the mean."],
    [[105, 105, 60], "Busiest node :55165 is 17 % above the mean."],
    [[109, 109, 82], "Emptiest node :55167 is 18 % below the mean."],
    [[100, 100, 0], "Busiest node :55165 is 50 % above the mean; :55167 has none."],
  ])("%j bytes per node reads %s", (bytes, sentence) => {
    expect(sentenceOf(pictureOf(bytes, [1, 2, 3]))).toBe(sentence);
  });

  test("with a silent node the balance by bytes is unknown, by groups it is known", () => {
    const picture = aPicture({ silent: [2] });
    expect(sentenceOf(picture)).toBe("Balance is unknown: :55166 did not report all shard sizes.");
    expect(sentenceOf(picture, "groups")).toBe("Busiest node :55165 is 25 % above the mean.");
    const skew = skewOf(loadsOf(picture), "bytes");
    expect([skew.isPartial, skew.busiest]).toEqual([true, null]);
  });

  test("no node that may hold shards, one, and nothing to hold are said", () => {
    expect(sentenceOf(pictureOf([1], [1], [aWorker(0)]))).toBe("No active node may hold shards.");
    expect(sentenceOf(pictureOf([1], [1], [aWorker(1)]))).toBe(":55165 is the only node that may hold shards.");
    expect(sentenceOf(pictureOf([], []))).toBe("The nodes that may hold shards hold nothing of this.");
  });

  test("small shard groups weigh 100 MB each, as Citus' default strategy counts", () => {
    expect(sentenceOf(pictureOf([9_000_000, 1, 1], [1, 2, 3]), "weight")).toBe("Balanced within 6 %.");
  });
});

describe("scopes", () => {
  test("a table counts its own shards, its colocation group all of them, the cluster no reference table", () => {
    const picture = aPicture();
    const shards = (loads: { shards: number }[]) => loads.reduce((sum, load) => sum + load.shards, 0);
    expect(shards(loadsOf(picture, { kind: "table", oid: 1 }))).toBe(8);
    expect(shards(loadsOf(picture, { kind: "colocation", colocationId: 1 }))).toBe(16);
    expect(shards(loadsOf(picture))).toBe(20);
    expect(shards(heldOf(picture))).toBe(24);
  });
});

test("the loads of any layout add up to all its bytes, and nobody is above the busiest", () => {
  const bytes = fc.array(fc.tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 3 })), { maxLength: 40 });
  fc.assert(
    fc.property(bytes, (shards) => {
      const sizes = shards.map(([size]) => size);
      const loads = loadsOf(
        pictureOf(
          sizes,
          shards.map(([, place]) => place),
        ),
      );
      expect(loads.reduce((sum, load) => sum + load.bytes, 0)).toBe(sizes.reduce((sum, size) => sum + size, 0));
      const skew = skewOf(loads, "bytes");
      if (!skew.busiest || !skew.emptiest) return;
      expect(skew.busiest.load.bytes).toBe(Math.max(...loads.map((load) => load.bytes)));
      expect(skew.busiest.above).toBeGreaterThanOrEqual(0);
      expect(skew.emptiest.above).toBeLessThanOrEqual(0);
    }),
  );
});
