import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** `failures`: what failed by name, with what it said; told once more at the end, where people look first. */
export type Tally = { passed: number; failed: number; skipped: number; failures: readonly string[] };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: readonly {
    name: string;
    status: string;
    message: string;
    assertionResults: readonly { fullName: string; status: string; failureMessages: readonly string[] }[];
  }[];
};

type PlaywrightSuite = {
  suites?: readonly PlaywrightSuite[];
  specs: readonly {
    title: string;
    file: string;
    ok: boolean;
    tests: readonly { results: readonly { error?: { message?: string } }[] }[];
  }[];
};

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: readonly PlaywrightSuite[];
};

/** Enough of what a failed test says to know what it is about; the whole stands where it ran. */
const SAID_LINES = 12;

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
      failures: [...all.failures, ...one.failures],
    }),
    NOTHING,
  );
}

/** The one line by which people and machines read the result. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** A check that is one thing: types, lint, a build. */
export function ofCheck(name: string, exitCode: number): Tally {
  return exitCode === 0 ? { ...NOTHING, passed: 1 } : failure(name, `ended with exit code ${exitCode}`);
}

/** One thing that failed: a check, or a step that could not even begin. */
export function failure(name: string, said: string): Tally {
  return { ...NOTHING, failed: 1, failures: [told(name, said)] };
}

/** What vitest's JSON report says. No report, or a run that failed without a failed test, counts as one failure. */
export function ofVitest(name: string, file: string, exitCode: number): Tally {
  if (!existsSync(file)) return failure(name, "left no report");
  const report: VitestReport = JSON.parse(readFileSync(file, "utf8"));
  const failures = report.testResults.flatMap((suite) => {
    const tests = suite.assertionResults.filter(({ status }) => status === "failed");
    if (tests.length === 0 && suite.status === "failed") return [told(suite.name, suite.message)];
    return tests.map((test) => told(`${suite.name}: ${test.fullName}`, test.failureMessages.join("\n")));
  });
  return atLeastOneFailure(
    name,
    { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests, failures },
    exitCode,
  );
}

/** What Playwright's JSON report says; a test that passed only on a second try counts as failed: flaky is broken. */
export function ofPlaywright(name: string, file: string, exitCode: number): Tally {
  if (!existsSync(file)) return failure(name, "left no report");
  const { stats, suites }: PlaywrightReport = JSON.parse(readFileSync(file, "utf8"));
  return atLeastOneFailure(
    name,
    {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      skipped: stats.skipped,
      failures: suites.flatMap(failuresIn),
    },
    exitCode,
  );
}

function failuresIn(suite: PlaywrightSuite): string[] {
  const own = suite.specs
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => {
      const said = tests.flatMap(({ results }) => results.map(({ error }) => error?.message ?? ""));
      return told(`e2e/${file}: ${title}`, said.join("\n"));
    });
  return [...own, ...(suite.suites ?? []).flatMap(failuresIn)];
}

function told(name: string, said: string): string {
  const lines = stripVTControlCharacters(said).trim().split("\n").slice(0, SAID_LINES);
  return [name, ...lines.map((line) => `    ${line}`)].join("\n");
}

function atLeastOneFailure(name: string, tally: Tally, exitCode: number): Tally {
  if (exitCode === 0 || tally.failed > 0) return tally;
  const without = failure(name, `ended with exit code ${exitCode}, and no test failed`);
  return { ...tally, failed: 1, failures: [...tally.failures, ...without.failures] };
}
