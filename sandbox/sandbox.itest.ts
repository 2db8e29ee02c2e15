import pg from "pg";
import { afterEach, describe, expect, inject, test } from "vitest";
import { connectSandbox } from "./connect";
import { waitUntil } from "./processes/wait";
import type { SandboxNodeName } from "./types";

const sandbox = connectSandbox(inject("sandboxState"));
const WORKERS = ["worker1", "worker2", "worker3"] as const;

/** Asked of the workers themselves: the rows must really be there, whatever the coordinator's catalogs say. */
async function countRowsOnWorkers(table: string): Promise<number> {
  const perWorker = WORKERS.map(async (node) => {
    const shards = await sandbox.query<{ shard: string }>(
      `select pg_catalog.format('%I', c.relname || '_' || s.shardid) as shard
         from pg_catalog.pg_dist_shard s
         join pg_catalog.pg_class c on c.oid = s.logicalrelid
         join pg_catalog.pg_dist_placement p on p.shardid = s.shardid
         join pg_catalog.pg_dist_node n on n.groupid = p.groupid
        where c.relname = $1 and n.nodeport = $2`,
      [table, sandbox.nodes[node].port],
    );
    const counts = shards.map(({ shard }) => `(select count(*) from ${shard})`);
    const [row] = await sandbox.query<{ total: string }>(`select ${["0", ...counts].join(" + ")} as total`, [], {
      node,
    });
    return Number(row?.total);
  });
  return (await Promise.all(perWorker)).reduce((sum, count) => sum + count, 0);
}

test.each([
  ["customers", 6000, 32],
  ["orders", 60_000, 32],
  ["order_items", 120_000, 32],
  ["events", 70_000, 16],
  ["no_pk", 2000, 8],
  ['Weird "name', 400, 4],
])("the rows of %s lie on the workers and nowhere else", async (table, rows, shards) => {
  const sql = `select count(*) as shards, min(c.relpages) as pages from pg_catalog.pg_dist_shard s
                 join pg_catalog.pg_class c on c.oid = s.logicalrelid where c.relname = $1`;
  const [row] = await sandbox.query<{ shards: string }>(sql, [table]);
  expect(Number(row?.shards)).toBe(shards);
  expect(await countRowsOnWorkers(table)).toBe(rows);
  const [local] = await sandbox.query<{ bytes: string }>(
    "select pg_relation_size(pg_catalog.quote_ident($1)) as bytes",
    [table],
  );
  expect(Number(local?.bytes)).toBe(0);
});

test("the spare worker runs with the extension, and is not a member", async () => {
  const members = await sandbox.query<{ nodeport: number }>(
    "select nodeport from pg_catalog.pg_dist_node order by groupid",
  );
  expect(members.map(({ nodeport }) => nodeport)).toEqual(
    (["coordinator", ...WORKERS] as const).map((name) => sandbox.nodes[name].port),
  );
  const own = await sandbox.query("select 1 from pg_catalog.pg_extension where extname = 'citus'", [], {
    node: "spare",
  });
  expect(own).toHaveLength(1);
});

/** null: no answer within the time. The error's code otherwise tells who said what. */
async function tryConnect(node: SandboxNodeName, limitMs: number): Promise<string> {
  const client = new pg.Client({ connectionString: sandbox.url("owner", node), connectionTimeoutMillis: limitMs });
  client.on("error", () => {});
  try {
    await client.connect();
    return "connected";
  } catch (cause) {
    return (cause as { code?: string }).code ?? (cause as Error).message;
  } finally {
    await client.end().catch(() => {});
  }
}

describe("what changes the cluster", () => {
  afterEach(() => sandbox.reset());

  test("each standby streams by its own slot, can be read, and follows its primary", async () => {
    for (const [standby, primary] of [
      ["standbyCoordinator", "coordinator"],
      ["standbyWorker1", "worker1"],
    ] as const) {
      await sandbox.query("create table followed (id int)", [], { node: primary });
      await waitUntil("the new table on the standby", async () => {
        const found = await sandbox.query("select 1 from pg_catalog.pg_class where relname = 'followed'", [], {
          node: standby,
        });
        return found.length > 0;
      });
      const senders = await sandbox.query(
        `select s.slot_name, r.state from pg_catalog.pg_replication_slots s
         join pg_catalog.pg_stat_replication r on r.pid = s.active_pid`,
        [],
        { node: primary },
      );
      expect(senders).toEqual([{ slot_name: `standby_of_${primary}`, state: "streaming" }]);
    }
  });

  test("a standby whose replay is paused receives and does not replay, until it is resumed", async () => {
    await sandbox.pauseReplay("standbyWorker1");
    await sandbox.query("create table held_back (id int)", [], { node: "worker1" });
    const behind = async () => {
      const [row] = await sandbox.query<{ held: boolean }>(
        "select flush_lsn > replay_lsn as held from pg_catalog.pg_stat_replication",
        [],
        { node: "worker1" },
      );
      return row?.held === true;
    };
    await waitUntil("received but not replayed WAL", behind);
    await sandbox.resumeReplay("standbyWorker1");
    await waitUntil("the end of the lag", async () => !(await behind()));
  });

  test("a stopped node refuses connections and a frozen one leaves them without an answer", async () => {
    await sandbox.stop("worker2");
    expect(await tryConnect("worker2", 5000)).toBe("ECONNREFUSED");
    expect(sandbox.isRunning("worker2")).toBe(false);
    await sandbox.start("worker2");
    expect(await tryConnect("worker2", 5000)).toBe("connected");

    sandbox.freeze("worker3");
    expect(await tryConnect("worker3", 500)).toMatch(/timeout/);
    sandbox.thaw("worker3");
    expect(await tryConnect("worker3", 5000)).toBe("connected");
  });

  test("a frozen node's sessions stand still as well, and go on afterwards", async () => {
    const client = new pg.Client(sandbox.url("owner", "worker1"));
    await client.connect();
    sandbox.freeze("worker1");
    const answer = client.query("select 1");
    const early = await Promise.race([answer, new Promise((resolve) => setTimeout(() => resolve("silence"), 300))]);
    expect(early).toBe("silence");
    sandbox.thaw("worker1");
    expect((await answer).rowCount).toBe(1);
    await client.end();
  });

  test("reset brings back what was dropped, added, stopped and frozen", async () => {
    await sandbox.query("drop table devices");
    await sandbox.query("select pg_catalog.citus_add_node('127.0.0.1', $1)", [sandbox.nodes.spare.port]);
    await sandbox.query("create table leftover as select generate_series(1, 10000) as n", [], { node: "worker1" });
    await sandbox.stop("worker2");
    sandbox.freeze("spare");
    await sandbox.reset();
    const [row] = await sandbox.query(`select (select count(*) from devices)::int as devices,
      (select count(*) from pg_catalog.pg_dist_node where isactive)::int as nodes`);
    expect(row).toEqual({ devices: 2000, nodes: 4 });
    const left = await sandbox.query("select 1 from pg_catalog.pg_class where relname = 'leftover'", [], {
      node: "worker1",
    });
    expect(left).toEqual([]);
    expect(await Promise.all(([...WORKERS, "spare"] as const).map((node) => tryConnect(node, 5000)))).toEqual(
      Array.from({ length: 4 }, () => "connected"),
    );
  });

  test("the read login monitors and sees no rows, the app login works with rows and owns nothing", async () => {
    const [role] = await sandbox.query("select pg_has_role('pg_monitor', 'member') as monitors", [], { login: "read" });
    expect(role).toEqual({ monitors: true });
    await expect(sandbox.query("select 1 from public.devices", [], { login: "read" })).rejects.toMatchObject({
      code: "42501",
    });
    const updated = "update devices set model = 'new' where device_id = 1 returning model";
    expect(await sandbox.query(updated, [], { login: "app" })).toEqual([{ model: "new" }]);
    await expect(sandbox.query("drop table devices", [], { login: "app" })).rejects.toMatchObject({ code: "42501" });
  });
});

test.each([
  ["invoices", "invoice_id"],
  ["invoices", "customer_id"],
  ["invoices", "invoice_number"],
  ["vouchers", "code"],
  ["vouchers", "code_folded"],
])("%s cannot be distributed by %s", async (table, column) => {
  const attempt = sandbox.query("select create_distributed_table($1, $2)", [table, column]);
  await expect(attempt).rejects.toMatchObject({ code: "0A000" });
});
