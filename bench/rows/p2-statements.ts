import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { TopicName } from "../../lib/domain/live.ts";
import type { Measured } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import type { Cluster } from "../stage/cluster.ts";
import { withConsole } from "../stage/console.ts";
import { untilMeasured } from "../stage/measured.ts";
import { SCREENS } from "../stage/screens.ts";
import { openViewers } from "../stage/viewers.ts";

const VIEWERS = 200;

/** P2: what the servers themselves count as transactions, on every node, less what they count while nobody looks. */
export const row: BenchRow = {
  id: "P2",
  figures: [
    {
      id: "P2",
      what: `statements a minute at the database, ${VIEWERS} viewers ÷ 1 viewer`,
      beside: "the same screens with one query per viewer and topic",
      unit: "×",
      target: { of: "ours", most: 1.05 },
    },
  ],
  run,
};

async function run(bench: Bench): Promise<Measured[]> {
  const { cluster } = bench;
  const seconds = bench.seconds(40);
  bench.say(`nobody, ${seconds} s`);
  const nobody = await perMinute(cluster, seconds);
  const looking = (viewers: number, screens: readonly (readonly TopicName[])[]) =>
    withConsole(cluster, { people: viewers }, async (console) => {
      const open = await openViewers(console, viewers, screens);
      try {
        // The first reads are of the beginning, not of the day: all sizes are measured once.
        await untilMeasured(cluster, console.asker);
        bench.say(`${viewers} viewers, ${seconds} s`);
        return (await perMinute(cluster, seconds)) - nobody;
      } finally {
        await open.stop();
      }
    });
  // One who looks at what the two hundred look at, all of it.
  const one = await looking(1, [[...new Set(SCREENS.flat())]]);
  const many = await looking(VIEWERS, SCREENS);
  bench.say(`${VIEWERS} viewers without a console`);
  const naiveOne = await naively(cluster, 1);
  const naiveMany = await naively(cluster, VIEWERS);
  const remarks = `${Math.round(one)} a minute for one, ${Math.round(many)} for ${VIEWERS}, ${Math.round(naiveMany)} for ${VIEWERS} without a console; ${Math.round(nobody)} by the cluster itself`;
  return [{ id: "P2", ours: many / one, baseline: naiveMany / naiveOne, remarks }];
}

/** Transactions of all nodes, as their statistics have them: a statement of ours is a transaction of its own. */
async function perMinute(cluster: Cluster, seconds: number): Promise<number> {
  const before = await transactions(cluster);
  const began = performance.now();
  await wait(seconds * 1_000);
  const after = await transactions(cluster);
  return ((after - before) * 60_000) / (performance.now() - began);
}

async function transactions(cluster: Cluster): Promise<number> {
  const nodes = await cluster.query<{ nodename: string; nodeport: number }>(
    "select nodename, nodeport from pg_catalog.pg_dist_node where noderole = 'primary' and isactive",
  );
  const counts = await Promise.all(
    nodes.map(async ({ nodename, nodeport }) => {
      const url = new URL(cluster.ownerUrl);
      url.hostname = nodename;
      url.port = String(nodeport);
      const client = new pg.Client({ connectionString: url.href });
      await client.connect();
      const { rows } = await client.query("select sum(xact_commit + xact_rollback)::float8 as n from pg_stat_database");
      await client.end();
      return Number(rows[0]?.n);
    }),
  );
  return counts.reduce((sum, one) => sum + one, 0);
}

/** What each viewer would send if its screens asked the database: one statement per topic every five seconds, counted as it is sent. */
async function naively(cluster: Cluster, viewers: number): Promise<number> {
  const pool = new pg.Pool({ connectionString: cluster.ownerUrl, max: 20 });
  let sent = 0;
  const ROUND_MS = 5_000;
  const began = performance.now();
  for (let round = 0; round < 2; round += 1) {
    const topics = Array.from({ length: viewers }, (_, viewer) => SCREENS[viewer % SCREENS.length] ?? []).flat();
    await Promise.all(
      topics.map(async () => {
        await pool.query("select count(*) from pg_catalog.pg_dist_node");
        sent += 1;
      }),
    );
    await wait(Math.max(0, (round + 1) * ROUND_MS - (performance.now() - began)));
  }
  await pool.end();
  return (sent * 60_000) / (performance.now() - began);
}
