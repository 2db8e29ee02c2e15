import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { SoakRow } from "../bench/stage/row.ts";
import { chooseEngine } from "../sandbox/engines/choose.ts";
import { ROOT } from "./steps/paths.ts";
import { runNode } from "./steps/run-node.ts";
import { soakTable, withTable } from "./steps/soak-table.ts";

/**
 * The long counts: every part in bench/soak one after another, into the table of docs/reliability.md. --only <part>, --scale 0.1
 * for a shorter run (whose figures are not written down), --engine citus.
 */
const { values } = parseArgs({
  options: { only: { type: "string" }, scale: { type: "string", default: "1" }, engine: { type: "string" } },
});
const scale = Number(values.scale);
const engine = values.engine ?? process.env.SANDBOX_ENGINE ?? "stand-in";
const folder = join(ROOT, "bench", "soak");
const parts = readdirSync(folder)
  .filter((name) => /^export (?:async )?function run\b/m.test(readFileSync(join(folder, name), "utf8")))
  .map((name) => basename(name, ".ts"))
  .filter((name) => values.only === undefined || name === values.only);
if (parts.length === 0) throw new Error(`There is no part "${values.only}" in bench/soak.`);
if (engine !== "citus" && engine !== "stand-in")
  throw new Error(`--engine is "${engine}"; it may be citus or stand-in.`);
await chooseEngine({ engine }); // says at once where there is no such engine

type Kept = { part: string; rows: SoakRow[]; conditions: string };
const keptFile = join(ROOT, "bench", "soak-results.json");
const kept: Kept[] = existsSync(keptFile) ? JSON.parse(readFileSync(keptFile, "utf8")) : [];
let failures = 0;
for (const part of parts) {
  console.log(`\n— ${part}`);
  const rows = await runPart(part);
  failures += rows.reduce((sum, row) => sum + row.failures, 0);
  console.table(
    rows.map(({ id, what, count, failures: failed, seconds }) => ({
      id,
      what: what.slice(0, 70),
      count,
      failed,
      seconds: Math.round(seconds),
    })),
  );
  for (const { id, remarks } of rows) if (remarks) console.log(`${id}: ${remarks}`);
  if (scale === 1) keep({ part, rows, conditions: conditions() });
}
process.exitCode = failures > 0 ? 1 : 0;

async function runPart(part: string): Promise<SoakRow[]> {
  const room = mkdtempSync(join(tmpdir(), "shardboard-soak-part-"));
  const file = join(room, "rows.json");
  try {
    const program = ["--import", join(ROOT, "scripts", "hooks.mjs"), join(ROOT, "scripts", "steps", "soak-part.ts")];
    const code = await runNode([...program, join(folder, `${part}.ts`), String(scale), file], {
      env: { SANDBOX_ENGINE: engine },
    });
    if (code === 0 && existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as SoakRow[];
    return [{ id: part, what: "the part came to no end", count: 1, failures: 1, seconds: 0 }];
  } finally {
    rmSync(room, { recursive: true, force: true });
  }
}

function conditions(): string {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${engine}, ${cpus().length} cores, ${memory} GB, Node ${process.version}, commit ${commit}`;
}

/** What was measured before stays until the same part is measured again. */
function keep(result: Kept): void {
  const all = [...kept.filter(({ part }) => part !== result.part), result].sort((a, b) => (a.part < b.part ? -1 : 1));
  kept.splice(0, kept.length, ...all);
  writeFileSync(keptFile, `${JSON.stringify(kept, null, 2)}\n`);
  const page = join(ROOT, "docs", "reliability.md");
  writeFileSync(page, withTable(readFileSync(page, "utf8"), soakTable(kept)));
}
