import { execFile, spawnSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { findCitus } from "../../sandbox/engines/find-citus.ts";
import { type Measured, median } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import type { Cluster } from "../stage/cluster.ts";
import { withConsole } from "../stage/console.ts";
import { familyOf, pin, postmastersOf, unpin } from "../stage/processes.ts";
import { openViewers } from "../stage/viewers.ts";

const VIEWERS = 200;
const PAIRS = 10;
const CONSOLE_CORE = 0;
const DATABASE_CORE = 1;

/**
 * P8: pgbench reads single rows of a distributed table, three times in each round: alone, with the console and its viewers at work, alone
 * again. Second ÷ first is a pair, third ÷ first its control. In between console and viewers are stopped in their tracks, not ended.
 */
export const row: BenchRow = {
  id: "P8",
  figures: [
    {
      id: "P8",
      what: `transactions of pgbench lost to Shardboard and ${VIEWERS} viewers`,
      beside: `to ${VIEWERS} viewers with a citus_stat_activity each every 2 s`,
      unit: "%",
      target: { of: "ours", most: 1 },
      onCitusOnly: true,
    },
  ],
  run,
};

async function run(bench: Bench): Promise<Measured[]> {
  const { cluster } = bench;
  const pgbench = pgbenchPath();
  const servers = postmastersOf(cluster);
  if (pgbench === null) return [missing("There is no pgbench on this machine.")];
  if (servers.length === 0)
    return [missing("The cluster's processes do not run on this machine: they cannot be kept to a core.")];
  if (cluster.engine !== "citus")
    return [missing("pgbench needs queries over a distributed table, which the stand-in does not plan.")];
  await makeAccounts(cluster);
  pin(servers, DATABASE_CORE);
  try {
    return await withConsole(cluster, { people: VIEWERS }, async (console) => {
      const viewers = await openViewers(console, VIEWERS);
      const ours = [console.pid, viewers.pid];
      const seconds = bench.seconds(5);
      try {
        pin(ours, CONSOLE_CORE);
        await wait(10_000);
        const losses: number[] = [];
        const controls: number[] = [];
        const pairs = bench.runs < 5 ? 2 : PAIRS;
        for (let pair = 1; pair <= pairs; pair += 1) {
          bench.say(`pair ${pair} of ${pairs}`);
          signal(ours, "SIGSTOP");
          const alone = await transactionsPerSecond(pgbench, cluster, seconds);
          signal(ours, "SIGCONT");
          await wait(2_000);
          const together = await transactionsPerSecond(pgbench, cluster, seconds);
          signal(ours, "SIGSTOP");
          const control = await transactionsPerSecond(pgbench, cluster, seconds);
          losses.push(100 * (1 - together / alone));
          controls.push(100 * (1 - control / alone));
          signal(ours, "SIGCONT");
        }
        signal(ours, "SIGSTOP");
        const naive = await lossToNaive(bench, pgbench, seconds);
        signal(ours, "SIGCONT");
        const loss = median(losses);
        const spread = Math.max(...controls.map(Math.abs));
        const remarks = `median of ${pairs} pairs; controls ${percent(median(controls))}, at most ${percent(spread)} apart; viewers' troubles: ${viewers.troubles().length}`;
        return [{ id: "P8", ours: loss, baseline: naive, isWithinSpread: Math.abs(loss) <= spread, remarks }];
      } finally {
        signal(ours, "SIGCONT");
        await viewers.stop();
      }
    });
  } finally {
    unpin(servers, cpus().length);
    await cluster.query("drop table if exists bench_accounts");
  }
}

const missing = (remarks: string): Measured => ({ id: "P8", ours: null, baseline: null, remarks });
const percent = (value: number) => `${value.toFixed(2)} %`;

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids.flatMap(familyOf)) process.kill(pid, name);
}

function pgbenchPath(): string | null {
  const { bin } = findCitus();
  const candidates = [...(bin ? [join(bin, "pgbench")] : []), "pgbench"];
  return candidates.find((path) => spawnSync(path, ["--version"]).status === 0) ?? null;
}

async function makeAccounts(cluster: Cluster): Promise<void> {
  await cluster.query("drop table if exists bench_accounts");
  await cluster.query("create table bench_accounts (aid int primary key, balance int not null)");
  await cluster.query(
    "select create_distributed_table('bench_accounts', 'aid', colocate_with => 'none', shard_count => 16)",
  );
  await cluster.query("insert into bench_accounts select n, n from generate_series(1, 50000) n");
}

async function transactionsPerSecond(pgbench: string, cluster: Cluster, seconds: number): Promise<number> {
  const script = join(import.meta.dirname, "..", "stage", "read-one-account.sql");
  const { stdout } = await promisify(execFile)("taskset", [
    ...["-c", String(DATABASE_CORE), pgbench, "-n", "-c", "4", "-j", "1", "-T", String(seconds), "-f", script],
    cluster.ownerUrl,
  ]);
  const done = /^number of transactions actually processed: (\d+)/m.exec(stdout)?.[1];
  if (done === undefined) throw new Error(`pgbench said no number of transactions:\n${stdout}`);
  return Number(done) / seconds;
}

/** Two hundred viewers that ask the coordinator themselves, none twice at a time; as many at once as it has sessions to spare. */
async function lossToNaive(bench: Bench, pgbench: string, seconds: number): Promise<number> {
  const { cluster, say } = bench;
  const losses: number[] = [];
  for (let pair = 1; pair <= Math.min(3, bench.runs); pair += 1) {
    say(`${VIEWERS} viewers without a console, ${pair}`);
    const alone = await transactionsPerSecond(pgbench, cluster, seconds);
    const stop = startNaive(cluster);
    try {
      await wait(2_000);
      losses.push(100 * (1 - (await transactionsPerSecond(pgbench, cluster, seconds)) / alone));
    } finally {
      await stop();
    }
  }
  return median(losses);
}

const NAIVE = "bench naive viewer";

function startNaive(cluster: Cluster): () => Promise<void> {
  const pool = new pg.Pool({ connectionString: cluster.ownerUrl, max: 40, application_name: NAIVE });
  pool.on("error", () => {}); // ended below
  const timers = Array.from({ length: VIEWERS }, () => {
    let isWaiting = false;
    return setInterval(() => {
      if (isWaiting) return;
      isWaiting = true;
      const asked = pool.query("select count(*) from pg_catalog.citus_stat_activity");
      // What is cut off at the end, or finds no session, is no failure of the measurement.
      asked
        .catch(() => {})
        .finally(() => {
          isWaiting = false;
        });
    }, 2_000);
  });
  return async () => {
    timers.forEach(clearInterval);
    const ended = pool.end();
    const end = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1";
    while (pool.totalCount > 0) {
      await cluster.query(end, [NAIVE]);
      await wait(200);
    }
    await ended;
  };
}
