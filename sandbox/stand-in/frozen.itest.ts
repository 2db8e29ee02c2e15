import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { connectSandbox } from "../connect.ts";
import { waitUntil } from "../processes/wait.ts";
import { say } from "./contract/say.ts";

const sandbox = connectSandbox(inject("sandboxState"));
const { worker2, spare } = sandbox.nodes;

const TIMEOUT_MS = 1_000;
/** A busy machine is slow to fork the sessions that a call needs. */
const SLACK_MS = 2_500;

/** How often, one after the other, a real Citus waits for a frozen node in each call. */
const CALLS: readonly [rounds: number, sql: string][] = [
  [1, "select count(*) from citus_shards"],
  [1, "select count(*) from citus_tables"],
  [1, "select count(*) from citus_stat_activity"],
  [2, "select count(*) from citus_lock_waits"],
  [1, "select count(*) from citus_locks"],
  [1, "select count(*) from run_command_on_all_nodes('select 1')"],
  [1, "select count(*) from run_command_on_workers('select 1')"],
  [1, "select * from get_rebalance_table_shards_plan()"],
  [1, `select citus_check_connection_to_node('${worker2.host}', ${worker2.port})`],
  [1, "select citus_total_relation_size('orders', false)"],
  // A real Citus needs n × n timeouts here; the stand-in asks all at once.
  [2, "select count(*) from citus_check_cluster_node_health()"],
];

describe.runIf(sandbox.engine === "stand-in")("a frozen worker", () => {
  beforeAll(() => sandbox.reset());
  afterEach(() => sandbox.thaw("worker2"));
  afterAll(() => sandbox.reset());

  test.each(CALLS)("costs %i connection timeout(s), not more: %s", async (rounds, sql) => {
    sandbox.freeze("worker2");
    const began = Date.now();
    await say(sandbox.url("read"), `set citus.node_connection_timeout = '${TIMEOUT_MS}ms'; ${sql}`);
    expect(Date.now() - began).toBeLessThan(rounds * TIMEOUT_MS + SLACK_MS);
  });

  test("a stop ends a move that waits for it", async () => {
    await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
    await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', false)", [
      worker2.host,
      worker2.port,
    ]);
    await sandbox.query("select citus_rebalance_start(drain_only => true, shard_transfer_mode => 'block_writes')");
    await waitUntil(
      "a move",
      async () =>
        (await sandbox.query("select 1 from get_rebalance_progress() where operation_type = 'move'")).length > 0,
      30_000,
    );
    sandbox.freeze("worker2");
    await sandbox.query("select citus_rebalance_stop()");
    await waitUntil("the end of the job", async () => (await jobState()) === "cancelled", 15_000);
  });
});

async function jobState(): Promise<string | undefined> {
  const [job] = await sandbox.query<{ state: string }>(
    "select state::text as state from citus_job_list() order by job_id desc limit 1",
  );
  return job?.state;
}
