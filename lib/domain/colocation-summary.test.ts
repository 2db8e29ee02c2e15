import { expect, test } from "vitest";
import { aPicture } from "../testing/layout";
import { clusterPicture } from "./cluster-picture";
import { colocationSummaries } from "./colocation-summary";

test("each colocation group with its groups, tables and bytes, as adding up the groups themselves gives them", () => {
  const picture = aPicture();
  const summaries = colocationSummaries(picture);
  expect(summaries.map(({ id, groups, tables, isReference }) => [id, groups, tables, isReference])).toEqual([
    [1, 8, ["customers", "orders"], false],
    [2, 4, ["events"], false],
    [3, 1, ["countries"], true],
  ]);
  for (const { id, bytes } of summaries) {
    const groups = picture.groups.filter((group) => group.colocationId === id);
    expect(bytes).toBe(groups.reduce((sum, group) => sum + (group.bytes ?? Number.NaN), 0));
  }
});

test("a size that nobody told makes the sum unknown, not smaller; it makes no group", () => {
  const { nodes, topology } = aPicture();
  const picture = clusterPicture(nodes, topology, null);
  Object.defineProperty(picture, "groups", {
    get: () => {
      throw new Error("all groups were made");
    },
  });
  expect(colocationSummaries(picture).map(({ bytes }) => bytes)).toEqual([null, null, null]);
});
