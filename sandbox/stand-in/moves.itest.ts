import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { connectSandbox } from "../connect.ts";
import { waitUntil } from "../processes/wait.ts";
import type { SandboxNodeName } from "../types.ts";
import { PHASES } from "./daemon/pace.ts";

const sandbox = connectSandbox(inject("sandboxState"));
const { spare, worker1, worker2 } = sandbox.nodes;
const PRIMARIES = ["coordinator", "worker1", "worker2", "worker3"] as const;

type Status = {
  state: string;
  counts: Record<string, number>;
  tasks: { state: string; message: string; retried: number }[];
};

describe.runIf(sandbox.engine === "stand-in")("moves of the stand-in", () => {
  beforeAll(() => sandbox.reset());
  beforeEach(async () => {
    await sandbox.query("alter system set citus.defer_shard_delete_interval = '300ms'");
    // Several moves at once, also on one node: the tests are over sooner.
    await sandbox.query("alter system set citus.max_background_task_executors = 6");
    await sandbox.query("alter system set citus.max_background_task_executors_per_node = 6");
    await sandbox.query("select pg_reload_conf()");
  });
  afterAll(() => sandbox.reset());

  test("a worker that was removed is told anew when it joins again", async () => {
    await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
    await sandbox.query("select citus_remove_node($1, $2)", [spare.host, spare.port]);
    await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
    const catalogs = (node: SandboxNodeName) =>
      sandbox.query("select nodeid, groupid, nodeport, isactive from pg_dist_node order by nodeid", [], { node });
    expect(await catalogs("spare")).toEqual(await catalogs("coordinator"));
    await sandbox.query("select citus_remove_node($1, $2)", [spare.host, spare.port]);
  });

  test("a move passes through every phase, arrives with its rows and foreign keys, and leaves nothing behind", async () => {
    await sandbox.query(
      "create table visits (customer_id bigint references customers, id bigint, primary key (customer_id, id))",
    );
    await sandbox.query("select create_distributed_table('visits', 'customer_id', colocate_with => 'customers')");
    const before = await rowsOf("orders");

    await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
    // Written down where they are made: whoever only looks now and then misses the short ones on a busy machine.
    await sandbox.query(`
      create table phases_seen (shardid bigint, status text, at timestamptz default clock_timestamp());
      create function note_phase() returns trigger language plpgsql security definer as $$
        begin insert into public.phases_seen (shardid, status) values (new.shardid, new.status); return null; end $$;
      create trigger note_phase after update on citus_internal.progress for each row execute function note_phase();`);
    await start("drain_only => false, shard_transfer_mode => 'force_logical'");
    await waitUntil("the end of the rebalance", async () => (await status()).state === "finished", 120_000);

    // The copies of reference tables, which the new node gets first, are made while writes wait: they have nothing to catch up with.
    const seen = await sandbox.query<{ phases: string[] }>(
      `select array_agg(status order by at) as phases from phases_seen join pg_dist_shard using (shardid)
         join pg_dist_partition using (logicalrelid) where partmethod = 'h' group by shardid`,
    );
    await sandbox.query("drop function note_phase cascade; drop table phases_seen");
    expect(seen.length).toBeGreaterThan(0);
    for (const { phases } of seen) expect(phases).toEqual([...PHASES, "Completed"]);
    expect(await rowsOf("orders")).toBe(before);
    const moved = await sandbox.query<{ shard: string; keys: string }>(
      `select pg_catalog.shard_name('visits'::regclass, s.shardid) as shard
         from pg_dist_shard s join pg_dist_shard_placement p using (shardid)
        where s.logicalrelid = 'visits'::regclass and p.nodeport = $1`,
      [spare.port],
    );
    expect(moved.length).toBeGreaterThan(0);
    for (const { shard } of moved) {
      const keys = await sandbox.query(
        "select 1 from pg_constraint where contype = 'f' and conrelid = $1::regclass",
        [shard],
        { node: "spare" },
      );
      expect(keys, shard).toHaveLength(1);
    }
    await waitUntil(
      "the clean-up",
      async () => (await sandbox.query("select 1 from pg_dist_cleanup")).length === 0,
      30_000,
    );
    for (const node of [...PRIMARIES, "spare"] as const) expect(await strayShards(node)).toEqual([]);
  }, 180_000);

  test("a stopped target puts the task back with its reason, and the move goes on when the node is there again", async () => {
    const rows = await rowsOf("events");
    await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', false)", [spare.host, spare.port]);
    await start("drain_only => true, shard_transfer_mode => 'block_writes'");
    await sandbox.stop("worker1");
    try {
      await waitUntil(
        "a retry",
        async () => {
          const { tasks } = await status();
          return tasks.some(
            ({ retried, message }) => retried > 0 && message.includes(`${worker1.host}:${worker1.port}`),
          );
        },
        60_000,
      );
      expect((await status()).state).toBe("running");
    } finally {
      await sandbox.start("worker1");
    }
    await waitUntil("the end of the drain", async () => (await status()).state === "finished", 120_000);
    expect(await rowsOf("events")).toBe(rows);
  }, 240_000);

  test("a stop ends the running task too, and what was moved stays moved", async () => {
    await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', true)", [spare.host, spare.port]);
    await start("shard_transfer_mode => 'force_logical'");
    await waitUntil("the first finished move", async () => ((await status()).counts.done ?? 0) > 0, 60_000);
    await sandbox.query("select citus_rebalance_stop()");
    await waitUntil("the end", async () => (await status()).state === "cancelled", 20_000);
    const { counts } = await status();
    expect(Object.keys(counts).sort()).toEqual(["cancelled", "done"]);
    const there = await sandbox.query("select 1 from pg_dist_shard_placement where nodeport = $1", [spare.port]);
    expect(there.length).toBeGreaterThan(1);
  }, 120_000);

  test("what fails on one node has happened on none", async () => {
    await sandbox.query("create table in_the_way (id int)", [], { node: "worker2" });
    await sandbox.query("create table in_the_way (id int primary key)");
    await expect(sandbox.query("select create_distributed_table('in_the_way', 'id')")).rejects.toMatchObject({
      code: "42P07",
    });
    expect(await sandbox.query("select 1 from pg_dist_partition where logicalrelid = 'in_the_way'::regclass")).toEqual(
      [],
    );
    for (const node of ["worker1", "worker3"] as const) {
      expect(await sandbox.query("select to_regclass('in_the_way') as found", [], { node })).toEqual([{ found: null }]);
    }
  });

  test("what is rolled back never reached another node", async () => {
    await expect(
      sandbox.query(
        `do $$ begin
           perform citus_set_node_property('${worker2.host}', ${worker2.port}, 'shouldhaveshards', false);
           raise exception 'no' using errcode = 'ZZ001';
         end $$`,
      ),
    ).rejects.toMatchObject({ code: "ZZ001" });
    for (const node of PRIMARIES) {
      const [row] = await sandbox.query<{ open: boolean }>(
        "select shouldhaveshards as open from pg_dist_node where nodeport = $1",
        [worker2.port],
        { node },
      );
      expect(row?.open, node).toBe(true);
    }
  });
});

async function start(options: string): Promise<void> {
  const [row] = await sandbox.query<{ id: string | null }>(
    `select citus_rebalance_start(parallel_transfer_colocated_shards => true, ${options})::text as id`,
  );
  expect(row?.id).toMatch(/^\d+$/);
}

async function status(): Promise<Status> {
  const [row] = await sandbox
    .query<Status>(
      `select state::text as state, details -> 'task_state_counts' as counts, details -> 'tasks' as tasks
       from citus_rebalance_status()`,
    )
    .catch(() => [{ state: "unknown", counts: {}, tasks: [] }]); // a running move on a stopped node makes it fail, as on Citus
  return row ?? { state: "none", counts: {}, tasks: [] };
}

async function rowsOf(table: string): Promise<number> {
  const [row] = await sandbox.query<{ rows: number }>(
    "select sum(result::bigint)::int as rows from run_command_on_shards($1, 'select count(*) from %s')",
    [table],
  );
  return row?.rows ?? -1;
}

/** Tables named like a shard that no placement on this node speaks of. */
function strayShards(node: SandboxNodeName): Promise<{ name: string }[]> {
  return sandbox.query(
    `select c.relname::text as name from pg_catalog.pg_class c
      where c.relkind = 'r' and c.relname ~ '_10[0-9]{4}$'
        and not exists (select from pg_dist_placement p join pg_dist_local_group l using (groupid)
                         where p.shardid = substring(c.relname from '[0-9]+$')::bigint)`,
    [],
    { node },
  );
}
