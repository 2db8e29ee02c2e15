import { expect, test } from "vitest";
import { tableOf, withTable } from "./page";
import type { Results } from "./results";

const results: Results = {
  machine: "2 cores",
  commit: "abc1234",
  citus: "13.2.2 (citus), PostgreSQL 15.20",
  shards: 101_250,
  measuredAt: "2026-11-29T01:00:00.000Z",
  rows: [
    {
      id: "P1",
      what: "a|b",
      beside: "psql",
      unit: "ms",
      ours: 7,
      baseline: 10,
      ratio: 0.7,
      target: "≤ 0.1×",
      met: false,
    },
    {
      id: "P4",
      what: "c",
      beside: "d",
      unit: "ms",
      ours: null,
      baseline: null,
      ratio: null,
      target: "≤ 1 ms",
      met: null,
    },
  ],
};

test("a missed target stands out, and what does not count is not shown as met", () => {
  const lines = tableOf(results).split("\n");
  expect(lines.find((line) => line.startsWith("| P1 "))).toContain("**missed**");
  expect(lines.find((line) => line.startsWith("| P4 "))).toContain("| does not count |");
});

test("every line of the table has the same number of cells, whatever stands in them", () => {
  const cells = tableOf(results)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.replaceAll("\\|", "").split("|").length);
  expect(new Set(cells).size).toBe(1);
});

test("a new table takes the place of the old one, and the rest of the page stays", () => {
  const page = "before\n<!-- bench: written by npm run bench -->\n\nold\n\n<!-- /bench -->\nafter\n";
  const once = withTable(page, "new");
  expect(once).toBe("before\n<!-- bench: written by npm run bench -->\n\nnew\n\n<!-- /bench -->\nafter\n");
  expect(withTable(once, "new")).toBe(once);
  expect(() => withTable("no marks", "new")).toThrow("marks");
});
