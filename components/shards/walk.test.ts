import fc from "fast-check";
import { expect, test } from "vitest";
import { type Spot, walk } from "./walk";

const at = (nodeGroupId: number, columnKey: string, groupId: number): Spot => ({ nodeGroupId, columnKey, groupId });
const rows = [[], [at(1, "a", 1), at(1, "a", 2), at(1, "b", 9)], [at(2, "a", 3), at(2, "b", 8), at(2, "b", 7)]];

test.each([
  ["ArrowRight", at(1, "a", 1), 2],
  ["ArrowRight", at(1, "b", 9), 9],
  ["ArrowLeft", at(1, "a", 1), 1],
  ["ArrowDown", at(1, "a", 2), 3],
  ["ArrowDown", at(1, "b", 9), 8],
  ["ArrowUp", at(2, "b", 7), 9],
  ["ArrowUp", at(1, "a", 2), 2],
  ["Home", at(1, "b", 9), 1],
  ["End", at(2, "a", 3), 7],
])("%s from %j leads to group %d", (key, from, groupId) => {
  expect(walk(rows, from, key)?.groupId).toBe(groupId);
});

test("a letter is no step, and a block that has gone leads to the first", () => {
  expect(walk(rows, at(1, "a", 1), "x")).toBeUndefined();
  expect(walk(rows, at(1, "a", 99), "ArrowDown")?.groupId).toBe(1);
});

test("no walk leaves the map", () => {
  const keys = fc.array(fc.constantFrom("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageDown"));
  fc.assert(
    fc.property(keys, (pressed) => {
      let here = at(1, "a", 1);
      for (const key of pressed) here = walk(rows, here, key) ?? here;
      expect(rows.flat()).toContainEqual(here);
    }),
  );
});
