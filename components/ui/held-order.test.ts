import fc from "fast-check";
import { expect, test } from "vitest";
import { changesSince, heldOrder } from "./held-order";

const row = (key: string, value = 0) => ({ key, value });
const keyOf = ({ key }: { key: string }) => key;

test("held rows keep their places and show their newest values", () => {
  const rows = [row("c", 9), row("a", 1), row("b", 2)];
  expect(heldOrder(rows, keyOf, ["a", "b", "c"])).toEqual([row("a", 1), row("b", 2), row("c", 9)]);
});

test("what has gone leaves no hole, and what is new waits at the end", () => {
  expect(heldOrder([row("new"), row("b")], keyOf, ["a", "b"]).map(keyOf)).toEqual(["b", "new"]);
});

test("holding neither loses nor invents a row", () => {
  const keys = fc.uniqueArray(fc.string());
  fc.assert(
    fc.property(keys, keys, (now, before) => {
      const held = heldOrder(
        now.map((key) => row(key)),
        keyOf,
        before,
      ).map(keyOf);
      return held.length === now.length && new Set(held).size === new Set(now).size;
    }),
  );
});

test("changes are rows that came, went or moved", () => {
  expect(changesSince(["a", "b"], ["a", "b"])).toBe(0);
  expect(changesSince(["a", "c"], ["a", "b"])).toBe(2);
  expect(changesSince(["b", "a"], ["a", "b"])).toBe(2);
});
