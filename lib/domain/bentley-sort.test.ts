import fc from "fast-check";
import { expect, test } from "vitest";
import { bentleySort } from "./bentley-sort";

test("whatever is sorted is sorted, and nothing is lost", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 200 }), (numbers) => {
      expect(bentleySort([...numbers], (a, b) => a - b)).toEqual(numbers.toSorted((a, b) => a - b));
    }),
  );
});

test("up to six, and what is sorted already, keep the order of equals", () => {
  const pairs = [3, 1, 3, 1, 2, 2].map((key, index) => ({ key, index }));
  const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
  expect(bentleySort([...pairs], byKey)).toEqual(pairs.toSorted(byKey));
  const sorted = Array.from({ length: 50 }, (_, index) => ({ key: index >> 2, index }));
  expect(bentleySort([...sorted], byKey)).toEqual(sorted);
});
