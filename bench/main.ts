import { parseArgs } from "node:util";
import { ensureBuild } from "../scripts/steps/build.ts";
import { type FigureWords, type Measured, type Row, rowOf } from "./figures.ts";
import { keep } from "./results.ts";
import { row as p1 } from "./rows/p1-cold.ts";
import { row as p2 } from "./rows/p2-statements.ts";
import { row as p3 } from "./rows/p3-bytes.ts";
import { row as p4 } from "./rows/p4-map.ts";
import { row as p5 } from "./rows/p5-memory.ts";
import { row as p6 } from "./rows/p6-move.ts";
import { row as p7 } from "./rows/p7-input.ts";
import { row as p8 } from "./rows/p8-pgbench.ts";
import { row as p9 } from "./rows/p9-start.ts";
import { row as p10 } from "./rows/p10-frozen.ts";
import { row as r1 } from "./rows/r1-planner.ts";
import { row as r2 } from "./rows/r2-time-left.ts";
import { removeBareNext } from "./stage/bare-next.ts";
import type { Bench, BenchRow } from "./stage/bench-row.ts";
import { openCluster } from "./stage/cluster.ts";

/**
 * The table of docs/performance.md: ours and what it stands beside, in turn, in one run. --only P3,P9 for a part, --quick for two runs of
 * each instead of five; both only print, unless --keep says that what they measured takes the place of what was measured before.
 */
const ROWS: readonly BenchRow[] = [p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, r1, r2];
const SHARDS = 101_250;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    quick: { type: "boolean" },
    keep: { type: "boolean" },
    shards: { type: "string" },
  },
});
const only = values.only?.split(",").map((id) => id.trim().toUpperCase());
const wanted = ROWS.filter(({ id }) => !only || only.includes(id));
if (wanted.length === 0) throw new Error(`--only knows ${ROWS.map(({ id }) => id).join(", ")}.`);

const isKept = (!only && !values.quick) || values.keep === true;

await ensureBuild();
const cluster = await openCluster(Number(values.shards ?? SHARDS));
console.log(`Citus ${cluster.version}, ${cluster.shards} shards`);
const rows: Row[] = [];
try {
  for (const row of wanted) {
    const began = performance.now();
    const measured = await attempt(row, benchFor(row.id));
    for (const words of row.figures) {
      const one = rowOf(words, measuredOf(words, measured), cluster.engine);
      rows.push(one);
      console.log(line(one));
    }
    console.log(`  (${row.id} took ${Math.round((performance.now() - began) / 1_000)} s)`);
    // After each: what ends a run of an hour takes only what is not measured yet.
    if (isKept) keep(rows, cluster);
  }
} finally {
  await cluster.dispose();
  removeBareNext();
}
console.table(Object.fromEntries(rows.map(({ id, what: _what, beside: _beside, ...rest }) => [id, rest])));
if (!isKept) console.log("Nothing was written: a part, or a quick run. --keep writes it.");

function benchFor(id: string): Bench {
  return {
    cluster,
    runs: values.quick ? 2 : 5,
    seconds: (usual) => (values.quick ? Math.max(2, Math.round(usual / 4)) : usual),
    say: (text) => console.log(`  ${id}: ${text}`),
  };
}

/** A row that cannot be measured says why, and the others are measured all the same. */
async function attempt(row: BenchRow, bench: Bench): Promise<Measured[]> {
  try {
    return await row.run(bench);
  } catch (cause) {
    console.error(cause);
    const remarks = `not measured: ${cause instanceof Error ? cause.message : String(cause)}`;
    return row.figures.map(({ id }) => ({ id, ours: null, baseline: null, remarks }));
  }
}

function measuredOf({ id }: FigureWords, measured: readonly Measured[]): Measured {
  return measured.find((one) => one.id === id) ?? { id, ours: null, baseline: null, remarks: "not measured" };
}

function line({ id, ours, baseline, unit, ratio, target, met, remarks }: Row): string {
  const verdict = met === null ? "does not count" : met ? "met" : "MISSED";
  return `${id}: ${ours ?? "—"} ${unit} beside ${baseline ?? "—"} ${unit}, ratio ${ratio ?? "—"}, target ${target}: ${verdict}${remarks ? ` (${remarks})` : ""}`;
}
