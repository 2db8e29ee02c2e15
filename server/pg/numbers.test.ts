import fc from "fast-check";
import { expect, test } from "vitest";
import { numbersIn } from "./numbers";

test("every list of whole numbers comes back as it was written, with NaN where one is missing", () => {
  const number = fc.option(fc.maxSafeInteger(), { nil: Number.NaN });
  fc.assert(
    fc.property(fc.array(number, { minLength: 2 }), (numbers) => {
      const text = numbers.map((one) => (Number.isNaN(one) ? "" : String(one))).join(",");
      expect([...(numbersIn(text) ?? [])]).toEqual(numbers.map((one) => one + 0));
    }),
  );
  expect(numbersIn("")).toHaveLength(0);
  expect([...(numbersIn("7") ?? [])]).toEqual([7]);
});

test.each(["a", "1,b", "1.5", "-", "1,-,2", "--1", "1-2", "9007199254740993", " 1"])(
  "%j is no list of numbers",
  (text) => {
    expect(numbersIn(text)).toBeNull();
  },
);
