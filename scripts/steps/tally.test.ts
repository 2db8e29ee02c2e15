import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { closingLine, ofCheck, ofPlaywright, ofVitest, sum } from "./tally";

const folder = mkdtempSync(join(tmpdir(), "shardboard-tally-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(name: string, content: unknown): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const vitest = (testResults: unknown[], numFailedTests: number) => ({
  numPassedTests: 2,
  numFailedTests,
  numPendingTests: 1,
  testResults,
});

describe("because of a long run many readers see only its end, what failed is told by name there", () => {
  test("vitest: each failed test with what it said, without colours", () => {
    const tests = [
      { fullName: "a works", status: "passed", failureMessages: [] },
      { fullName: "b works", status: "failed", failureMessages: ["\u001b[31mexpected 1\u001b[39m\nto be 2"] },
    ];
    const file = report(
      "a.json",
      vitest([{ name: "b.test.ts", status: "failed", message: "", assertionResults: tests }], 1),
    );
    const tally = ofVitest("unit tests", file, 1);
    expect(closingLine(tally)).toBe("2 passed, 1 failed, 1 skipped");
    expect(tally.failures).toEqual(["b.test.ts: b works\n    expected 1\n    to be 2"]);
  });

  test("vitest: a file that could not be loaded has no failed test, and is told by its own name", () => {
    const suite = { name: "c.test.ts", status: "failed", message: "no such module", assertionResults: [] };
    const tally = ofVitest("unit tests", report("c.json", vitest([suite], 0)), 1);
    expect(tally.failed).toBe(1);
    expect(tally.failures[0]).toBe("c.test.ts\n    no such module");
  });

  test("Playwright: in suites within suites", () => {
    const failed = {
      title: "opens",
      file: "x.spec.ts",
      ok: false,
      tests: [{ results: [{ error: { message: "no" } }] }],
    };
    const fine = { title: "closes", file: "x.spec.ts", ok: true, tests: [{ results: [{}] }] };
    const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
    const file = report("d.json", { stats, suites: [{ specs: [fine], suites: [{ specs: [failed] }] }] });
    expect(ofPlaywright("browser tests", file, 1)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: ["e2e/x.spec.ts: opens\n    no"],
    });
  });

  test("a run without a report, one that ends badly without a failed test, and a check", () => {
    const fine = report("e.json", vitest([], 0));
    const all = sum([
      ofVitest("unit tests", join(folder, "none.json"), 1),
      ofVitest("cluster tests", fine, 3),
      ofCheck("types", 0),
      ofCheck("lint", 1),
    ]);
    expect(closingLine(all)).toBe("3 passed, 3 failed, 1 skipped");
    expect(all.failures.map((told) => told.split("\n")[0])).toEqual(["unit tests", "cluster tests", "lint"]);
  });
});
