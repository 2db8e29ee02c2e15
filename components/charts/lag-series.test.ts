import { expect, test } from "vitest";
import { endLabels, type LagSeries, lastKnown } from "./lag-series";

const line = (id: string, values: (number | null)[], strong = false): LagSeries => ({
  id,
  label: `:${id}`,
  colour: "red",
  values,
  strong,
});
const yOf = (value: number) => 100 - value * 10;

test("lines that end apart are each named at their end", () => {
  const labels = endLabels([line("a", [0, 1]), line("b", [0, 9])], yOf);
  expect(labels.map(({ text, y }) => [text, y])).toEqual([
    [":b", 10],
    [":a", 90],
  ]);
});

test("lines that end together are counted, and the one that matters keeps its name", () => {
  const quiet = [line("a", [0.1]), line("b", [0.2]), line("c", [0])];
  expect(endLabels([...quiet, line("d", [8], true)], yOf).map(({ text }) => text)).toEqual([":d", "3 others"]);
  expect(endLabels([...quiet, line("d", [0.3], true)], yOf).map(({ text }) => text)).toEqual([":d"]);
});

test("a line that stopped being measured is named where it was last known", () => {
  expect(lastKnown(line("a", [2, 3, null]))).toBe(3);
  expect(endLabels([line("a", [null, null])], yOf)).toEqual([]);
});
