import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { ROOT } from "../../scripts/steps/paths.ts";
import { type Measured, median } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import type { Cluster } from "../stage/cluster.ts";

const STRATEGY = "by_disk_size";
const PLAN = "get_rebalance_table_shards_plan()";
const ENOUGH_BYTES = 1024 ** 3;

/**
 * R1: the plan of a rebalance by size, from the command line as a script asks for it: from a snapshot in a file, and with the snapshot
 * read from the cluster before. Beside it Citus' own plan of the same cluster. That both name the same moves is looked at, too.
 */
export const row: BenchRow = {
  id: "R1",
  figures: [
    {
      id: "R1.plan",
      what: "shardboard plan: start, read the snapshot, plan, print",
      beside: PLAN,
      unit: "ms",
      target: { of: "ratio", most: 0.1 },
      onCitusOnly: true,
    },
    {
      id: "R1.whole",
      what: "shardboard snapshot, then plan",
      beside: PLAN,
      unit: "ms",
      target: { of: "ratio", most: 1 },
      onCitusOnly: true,
    },
  ],
  run,
};

type Move = { shardId: number; from: number; to: number };

async function run({ cluster, runs, say }: Bench): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-bench-plan-"));
  const file = join(folder, "snapshot.json");
  const [plans, wholes, views]: number[][] = [[], [], []];
  let remarks = "";
  try {
    for (let turn = 1; turn <= runs; turn += 1) {
      say(`${turn} of ${runs}`);
      const snapshot = await timed(() => shardboard(["snapshot"], cluster.variables));
      writeFileSync(file, snapshot.value);
      const plan = await timed(() => shardboard(["plan", file, "--strategy", STRATEGY, "--json"], {}));
      const theirs = await timed(() => movesOfCitus(cluster));
      plans?.push(plan.tookMs);
      wholes?.push(snapshot.tookMs + plan.tookMs);
      views?.push(theirs.tookMs);
      remarks = compared(planSchema.parse(JSON.parse(plan.value)).moves, theirs.value);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const baseline = median(views ?? []);
  return [
    { id: "R1.plan", ours: median(plans ?? []), baseline, remarks },
    { id: "R1.whole", ours: median(wholes ?? []), baseline },
  ];
}

const planSchema = z.object({
  moves: z.array(z.object({ shardId: z.number(), from: z.number(), to: z.number() })),
});

async function timed<T>(act: () => Promise<T>): Promise<{ value: T; tookMs: number }> {
  const began = performance.now();
  const value = await act();
  return { value, tookMs: performance.now() - began };
}

async function shardboard(args: readonly string[], env: Record<string, string>): Promise<string> {
  const program = ["--import", `${ROOT}/scripts/hooks.mjs`, `${ROOT}/server/cli/main.ts`, ...args];
  const options = { cwd: ROOT, env: { ...process.env, ...env }, maxBuffer: ENOUGH_BYTES };
  return (await promisify(execFile)(process.execPath, program, options)).stdout;
}

/** Citus names each shard of a group that moves; one row for each group, by its lowest, is what our plan names. */
function movesOfCitus({ query }: Cluster): Promise<Move[]> {
  return query<Move>(
    `select min(p.shardid)::int as "shardId", f.nodeid as "from", t.nodeid as "to"
       from get_rebalance_table_shards_plan(rebalance_strategy => $1) with ordinality p
       join pg_dist_node f on f.nodename = p.sourcename and f.nodeport = p.sourceport
       join pg_dist_node t on t.nodename = p.targetname and t.nodeport = p.targetport
       join pg_dist_shard s on s.shardid = p.shardid
       join pg_dist_partition d on d.logicalrelid = s.logicalrelid
      group by d.colocationid, s.shardminvalue, f.nodeid, t.nodeid order by min(p.ordinality)`,
    [STRATEGY],
  );
}

function compared(ours: readonly Move[], theirs: readonly Move[]): string {
  const text = ({ shardId, from, to }: Move) => `${shardId} ${from} ${to}`;
  const differs = ours.filter((move, index) => text(move) !== (theirs[index] ? text(theirs[index]) : "")).length;
  if (differs === 0 && ours.length === theirs.length) return `${ours.length} moves, the same and in the same order`;
  return `${ours.length} moves beside ${theirs.length}, ${differs} of them others`;
}
