import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { EngineName } from "../sandbox/types.ts";
import { ensureBuild } from "./steps/build.ts";
import { runE2e } from "./steps/e2e.ts";
import { BIOME, KNIP, NEXT, TSC, VITEST } from "./steps/paths.ts";
import { INTERRUPTED, runNode } from "./steps/run-node.ts";
import { closingLine, failure, ofCheck, ofVitest, sum, type Tally } from "./steps/tally.ts";

/** Everything that says whether this tree is good: types, lint, unit, component, cluster and browser suites. */
const { values } = parseArgs({ options: { engine: { type: "string" } } });
const isReal = values.engine === "citus";
const engine: EngineName = isReal ? "citus" : ((process.env.SANDBOX_ENGINE as EngineName | undefined) ?? "stand-in");
const folder = mkdtempSync(join(tmpdir(), "shardboard-test-"));

async function vitest(name: string, project: string[], outputFile?: string): Promise<Tally> {
  const report = join(folder, `${project.join("-")}.json`);
  const projects = project.flatMap((one) => ["--project", one]);
  const code = await runNode(
    [VITEST, "run", ...projects, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
    {
      env: { SANDBOX_ENGINE: engine, NODE_ENV: "test" },
      ...(outputFile !== undefined && { outputFile }),
    },
  );
  return ofVitest(name, report, code);
}

/** A step that cannot even begin is a failure with its sentence, and the steps after it still run. */
async function step(title: string, work: () => Promise<Tally>): Promise<Tally> {
  console.log(`\n— ${title}`);
  try {
    return await work();
  } catch (cause) {
    if (cause === INTERRUPTED) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    console.error(said);
    return failure(title, said);
  }
}

/** A step that runs beside others. What it prints is shown when it is waited for, so that nothing is mixed up. */
function beside(title: string, work: (outputFile: string) => Promise<Tally>): () => Promise<Tally> {
  const outputFile = join(folder, "beside.log");
  const running = work(outputFile);
  running.catch(() => {}); // told by `step`, once it is waited for
  return () =>
    step(title, () =>
      running.finally(() => {
        if (existsSync(outputFile)) process.stdout.write(readFileSync(outputFile));
      }),
    );
}

/** The pages' types are made by Next from the folders of `app`; in a fresh clone nobody has made them yet. */
async function types(): Promise<number> {
  const made = await runNode([NEXT, "typegen"], { quiet: true });
  return made === 0 ? await runNode([TSC, "--noEmit"]) : made;
}

const check = (title: string, work: () => Promise<number>) => step(title, async () => ofCheck(title, await work()));

const tallies: Tally[] = [];
try {
  // Tests on a cluster mostly wait for it: meanwhile the machine does what only computes.
  const clusterTests = beside(`cluster tests on ${engine}`, (output) => vitest("cluster tests", ["cluster"], output));
  if (!isReal) {
    tallies.push(await check("types", types));
    tallies.push(await check("lint and format", () => runNode([BIOME, "check", "."])));
    tallies.push(await check("unused code and packages", () => runNode([KNIP])));
    tallies.push(
      await step("unit and component tests", () => vitest("unit and component tests", ["unit", "server", "component"])),
    );
  }
  tallies.push(await check("production build", () => ensureBuild().then(() => 0)));
  tallies.push(await clusterTests());
  tallies.push(await step(`browser tests on ${engine}`, () => runE2e(engine)));
} catch (cause) {
  if (cause !== INTERRUPTED) throw cause;
  console.error(INTERRUPTED.message);
  tallies.push(failure("the run", INTERRUPTED.message));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const total = sum(tallies);
// Named once more at the end: of a long run many readers see only the last part.
if (total.failures.length > 0) console.log(`\n— what failed\n${total.failures.join("\n")}`);
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;
