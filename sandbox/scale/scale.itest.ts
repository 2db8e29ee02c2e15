import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { startSandbox } from "../start";

// Started here on purpose, and on the stand-in: the cluster that the other tests share has three workers and a few shards.
const SHARDS = 2_000;
const NODES = 30;
const sandbox = await startSandbox({
  engine: "stand-in",
  standbys: false,
  seed: { shards: SHARDS, tables: 40, nodes: NODES },
});
afterAll(() => sandbox.dispose());

type Node = { groupid: number; nodename: string; nodeport: number };
const workers = await sandbox.query<Node>(
  "select groupid, nodename, nodeport from pg_dist_node where groupid <> 0 order by groupid",
);

/** As the console asks a node: at its own address, as the login that reads. */
async function askAt<T>({ nodename, nodeport }: Node, sql: string): Promise<T[]> {
  const client = new pg.Client({
    connectionString: `postgres://shardboard_read@${nodename}:${nodeport}/${sandbox.database}`,
  });
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

/** The way in which a shard is found by name and measured, whoever asks. */
const OWN_SIZES = `
  select s.shardid, pg_catalog.pg_total_relation_size(r.oid) as bytes
    from pg_catalog.pg_dist_local_group join pg_catalog.pg_dist_placement using (groupid)
    join pg_catalog.pg_dist_shard s using (shardid) join pg_catalog.pg_class c on c.oid = s.logicalrelid
    join pg_catalog.pg_class r on r.relnamespace = c.relnamespace
                              and r.relname = c.relname || '_' || s.shardid
   where c.relnamespace = 'scale'::regnamespace`;

test("each address of the fleet is a node that knows which one it is", async () => {
  expect(workers).toHaveLength(NODES);
  for (const worker of workers) {
    const [own] = await askAt<{ groupid: number }>(worker, "select groupid from pg_catalog.pg_dist_local_group");
    expect(own?.groupid).toBe(worker.groupid);
  }
});

test("every shard at scale is measured at its own node, and at no other", async () => {
  const homes = await sandbox.query<{ shardid: string; groupid: number }>(
    `select shardid, groupid from pg_dist_placement join pg_dist_shard using (shardid)
      where logicalrelid::text like 'scale.%'`,
  );
  expect(homes).toHaveLength(SHARDS);
  const measured = new Map<number, number>();
  for (const worker of workers) {
    for (const { shardid, bytes } of await askAt<{ shardid: string; bytes: string | null }>(worker, OWN_SIZES)) {
      measured.set(Number(shardid), (measured.get(Number(shardid)) ?? 0) + 1);
      expect(Number(bytes)).toBeGreaterThan(0);
    }
  }
  expect(homes.map(({ shardid }) => measured.get(Number(shardid)))).toEqual(homes.map(() => 1));
});

test("the sessions of a process are shared out among its nodes, none twice", async () => {
  const process = workers.filter(({ nodeport }) => nodeport === workers[0]?.nodeport);
  const seen: number[] = [];
  for (const node of process) {
    const sql =
      "select pid from pg_catalog.pg_stat_activity where pid <> pg_backend_pid() and backend_type <> 'client backend'";
    seen.push(...(await askAt<{ pid: number }>(node, sql)).map(({ pid }) => pid));
  }
  expect(seen.length).toBeGreaterThan(0);
  expect(new Set(seen).size).toBe(seen.length);
});

test("a change of a node reaches every process once, however many nodes it is", async () => {
  const [last] = workers.slice(-1);
  if (!last) throw new Error("there are workers");
  await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', false)", [
    last.nodename,
    last.nodeport,
  ]);
  for (const node of ["worker1", "worker2", "worker3"] as const) {
    const sql = "select shouldhaveshards from pg_dist_node where groupid = $1";
    expect(await sandbox.query(sql, [last.groupid], { node })).toEqual([{ shouldhaveshards: false }]);
  }
});
