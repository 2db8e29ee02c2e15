import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { VITEST } from "../../scripts/steps/paths.ts";
import { runNode } from "../../scripts/steps/run-node.ts";
import { scaled } from "../stage/row.ts";

const INPUTS = 10_000;
/** The suite that `npm test` runs with 300 inputs for each endpoint. */
const SUITE = "server/http/fuzz.itest.ts";

type Report = { testResults: { assertionResults: { title: string; status: string; failureMessages: string[] }[] }[] };

/** F29 at length: 10,000 hostile inputs for every action and every address, on a sandbox of its own. */
export async function run(scale = 1) {
  const inputs = scaled(INPUTS, scale);
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "shardboard-fuzz-"));
  const file = join(folder, "report.json");
  try {
    const args = ["run", "--project", "cluster", SUITE, "--reporter=json", `--outputFile=${file}`];
    await runNode([VITEST, ...args], { env: { FUZZ_INPUTS: String(inputs) } });
    const report: Report = JSON.parse(readFileSync(file, "utf8"));
    const tests = report.testResults.flatMap((result) => result.assertionResults);
    const failed = tests.filter((test) => test.status !== "passed");
    const remarks = failed.map((test) => `${test.title}: ${(test.failureMessages[0] ?? "").slice(0, 500)}`).join("; ");
    return [
      {
        id: "F29",
        what: "hostile inputs for each action and each address: a failure of the console's own, a leaked stack, or anything done",
        count: inputs,
        // A suite that did not run proves nothing.
        failures: tests.length === 0 ? 1 : failed.length,
        seconds: Math.round((performance.now() - started) / 1_000),
        ...(remarks && { remarks }),
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
