import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { ROOT } from "../scripts/steps/paths.ts";
import type { Row } from "./figures.ts";
import { tableOf, withTable } from "./page.ts";
import type { Cluster } from "./stage/cluster.ts";

export type Results = {
  machine: string;
  commit: string;
  citus: string;
  shards: number;
  measuredAt: string;
  rows: Row[];
};

const FILE = join(ROOT, "bench", "results.json");
const PAGE = join(ROOT, "docs", "performance.md");

/** Writes what was measured; rows of this file that were not measured this time stay. */
export function keep(rows: readonly Row[], cluster: Cluster): void {
  const before: Results | null = existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : null;
  const ids = new Set(rows.map(({ id }) => id));
  const old = before?.citus === cluster.version ? before.rows.filter(({ id }) => !ids.has(id)) : [];
  const results: Results = {
    machine: `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform} ${process.arch}, Node ${process.version}, load ${loadavg()
      .map((one) => one.toFixed(1))
      .join(" ")}`,
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim(),
    citus: cluster.version,
    shards: cluster.shards,
    measuredAt: new Date().toISOString(),
    rows: [...old, ...rows].sort((a, b) => orderOf(a) - orderOf(b)),
  };
  writeFileSync(FILE, `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(PAGE, withTable(readFileSync(PAGE, "utf8"), tableOf(results)));
}

/** P1 … P10, then R1 …: the letter first. */
const orderOf = ({ id }: Row) => id.charCodeAt(0) * 1_000 + Number(/\d+/.exec(id)?.[0] ?? 0);
