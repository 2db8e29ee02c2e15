import fc from "fast-check";
import { expect, test } from "vitest";
import { middleTruncate } from "./middle-truncate";

test("the end of a name survives, because that is where names differ", () => {
  expect(middleTruncate("citus_shard_move_slot_7_10_9", 15)).toBe("citus_s…_7_10_9");
});

test("a name that fits is left alone", () => {
  expect(middleTruncate("orders", 6)).toBe("orders");
});

test("the result is never longer than asked", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, longest) => {
      return [...middleTruncate(text, longest)].length <= longest;
    }),
  );
});
