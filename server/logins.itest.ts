import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { loginFor } from "@/lib/domain/access";
import type { ClusterId } from "@/lib/domain/cluster";
import { globalPid } from "@/lib/domain/global-pid";
import { TOPICS } from "@/lib/domain/live";
import { type ClusterNode, nodeIdSchema } from "@/lib/domain/node";
import { evenPoints } from "@/lib/domain/split-ranges";
import { readActivity, readActivityViews } from "@/server/activity/reads";
import { cancelSessions, terminateSessions } from "@/server/activity/signal-change";
import type { Change } from "@/server/changes/define";
import { refusalOf } from "@/server/changes/plan";
import { CHANGES } from "@/server/changes/registry";
import type { Target } from "@/server/clusters";
import { cleanDebris } from "@/server/debris/clean";
import { readHealth } from "@/server/health/reads";
import { listJobs, listTasks } from "@/server/jobs/reads";
import { stopCollectors } from "@/server/live/collector";
import { SINGLE_PASS } from "@/server/live/topic";
import { TOPIC_DEFINITIONS } from "@/server/live/topics";
import { activateNode } from "@/server/nodes/changes/activate-node";
import { addClone } from "@/server/nodes/changes/add-clone";
import { addNode } from "@/server/nodes/changes/add-node";
import { addSecondary } from "@/server/nodes/changes/add-secondary";
import { disableNode } from "@/server/nodes/changes/disable-node";
import { drainNode } from "@/server/nodes/changes/drain-node";
import { closeNode, openNode } from "@/server/nodes/changes/may-hold-shards";
import { promoteClone } from "@/server/nodes/changes/promote-clone";
import { removeClone } from "@/server/nodes/changes/remove-clone";
import { removeNode } from "@/server/nodes/changes/remove-node";
import { setCoordinatorHost } from "@/server/nodes/changes/set-coordinator-host";
import { listNodes } from "@/server/nodes/reads";
import { rebalancePace } from "@/server/pace/change";
import { readPace } from "@/server/pace/reads";
import { closePools } from "@/server/pg/pools";
import { askPlans } from "@/server/rebalance/plans";
import { rebalanceStart } from "@/server/rebalance/start";
import { rebalanceStop } from "@/server/rebalance/stop";
import { copyShard } from "@/server/shards/changes/copy";
import { isolateTenant } from "@/server/shards/changes/isolate";
import { moveShard } from "@/server/shards/changes/move";
import { moveSchema } from "@/server/shards/changes/move-schema";
import { splitShard } from "@/server/shards/changes/split";
import { readExactShards } from "@/server/shards/exact";
import { findKey } from "@/server/shards/find-key";
import { distributeTable } from "@/server/tables/distribute";
import { createReferenceTable } from "@/server/tables/reference";
import { readPreflight } from "@/server/tables/surroundings";
import { truncateLocalRows } from "@/server/tables/truncate-local";
import { undistributeTable } from "@/server/tables/undistribute";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";

recordInOwnFolder();

const { sandbox, threeLogins, withoutAdmin } = testCluster();
const { spare, standbyWorker1, worker1, coordinator } = sandbox.nodes;

async function startOver(): Promise<void> {
  stopCollectors();
  await closePools();
  await sandbox.reset();
}

beforeAll(async () => {
  vi.stubEnv("CITUS_URL", sandbox.url("owner"));
  await startOver();
});
afterAll(async () => {
  await startOver();
  await closePools();
});

const oidOf = async (table: string) => {
  const [row] = await sandbox.query<{ oid: number }>("select $1::regclass::oid::int8::int as oid", [table]);
  if (!row) throw new Error(`no ${table}`);
  return row.oid;
};

test.each(TOPICS)("the read login reads the topic %s", async (name) => {
  const definition = TOPIC_DEFINITIONS[name];
  const answer = await definition.read(threeLogins, SINGLE_PASS);
  expect(definition.schema.safeParse(answer).error).toBeUndefined();
  // What a node or a part refused stands inside the answer, with its SQLSTATE.
  expect(JSON.stringify(answer)).not.toMatch(/42501|permission denied|must be (owner|superuser|a superuser)/);
});

test("what screens ask beside their topics is answered to the read and operations logins", async () => {
  const table = await oidOf("page_views");
  expect((await readPreflight(threeLogins, table)).around.login).toBe("shardboard_ops");
  expect((await readActivityViews(threeLogins)).sessions.length).toBeGreaterThan(0);
  const customers = await oidOf("customers");
  const exact = await readExactShards(threeLogins, { kind: "table", tableOid: customers });
  expect(exact.shards.every((shard) => shard.bytes !== null)).toBe(true);
  const { clusterId } = threeLogins;
  const found = await findKey(threeLogins, { clusterId, tableOid: customers, value: "1" });
  expect(found.column).toBe("customer_id");
  await vi.waitUntil(
    async () => (await askPlans(threeLogins, { drainOnly: false })).plans.every((plan) => plan.state === "ready"),
    { timeout: 20_000, interval: 250 },
  );
});

describe.each([
  ["present", threeLogins],
  ["absent", withoutAdmin],
] as const)("with the admin login %s", (_presence, cluster) => {
  // Pools and memories are kept by cluster; these are two.
  const target: Target = { ...cluster, clusterId: `${cluster.clusterId}-${_presence}` as ClusterId };
  const { clusterId } = target;
  const done = new Set<string>();

  /** Does it with the login it is meant for. false: it needs a superuser, there is none, and that is what was said. */
  async function does<Input extends { clusterId: ClusterId }>(change: Change<Input>, input: Input): Promise<boolean> {
    const { refusal, run } = await doChange(change, target, input);
    done.add(change.name);
    if (loginFor(change.permission) === "admin" && target.logins.admin === null) {
      expect(refusal, change.name).toMatch(/superusers only, and the console has no admin login/);
      return false;
    }
    expect(refusal, change.name).toBeNull();
    expect(run?.problem, change.name).toBeNull();
    expect(run, change.name).toMatchObject({ state: "succeeded", effect: { seen: true } });
    return true;
  }

  async function memberAt({ host, port }: { host: string; port: number }): Promise<ClusterNode> {
    const node = (await listNodes(target)).find((candidate) => candidate.host === host && candidate.port === port);
    if (!node) throw new Error(`${host}:${port} is no member`);
    return node;
  }

  const at = ({ host, port }: { host: string; port: number }) => ({ clusterId, host, port });
  const nodeInput = async (node: { host: string; port: number }) => ({ clusterId, nodeId: (await memberAt(node)).id });

  beforeAll(startOver);

  test("a table is distributed, emptied here, taken back, and made a reference table", async () => {
    const table = await oidOf("page_views");
    const choice = { colocateWith: { kind: "none" as const }, shardCount: 4 };
    await does(distributeTable, { clusterId, table, column: "user_id", ...choice });
    await does(truncateLocalRows, { clusterId, table });
    await does(undistributeTable, { clusterId, table: await oidOf("no_pk"), cascade: false });
    await does(createReferenceTable, { clusterId, table: await oidOf("devices") });
  });

  test("a shard group and a distributed schema are moved by hand, the reference tables before them", async () => {
    await sandbox.query("create schema if not exists tenant_1");
    await sandbox.query("create table if not exists tenant_1.notes (id int primary key)");
    await sandbox.query("alter schema tenant_1 owner to shop_owner; alter table tenant_1.notes owner to shop_owner");
    await sandbox.query("select citus_schema_distribute('tenant_1')");
    // Only now, or Citus might put the schema there by itself.
    const [node] = await sandbox.query<{ id: number }>("select citus_add_node($1, $2) as id", [spare.host, spare.port]);
    const [shard] = await placementsOf("events");
    const [home] = await placementsOf("tenant_1.notes");
    const goal = { targetNodeId: nodeIdSchema.parse(node?.id), mode: "block_writes" as const };
    const source = { sourceNodeId: nodeIdSchema.parse(shard?.nodeid) };
    await does(moveShard, { clusterId, shardId: shard?.shardid ?? 0, ...source, ...goal });
    await does(moveSchema, { clusterId, colocationId: home?.colocationid ?? 0, ...goal });
    await startOver();
  }, 120_000);

  test("a shard group is split, a tenant isolated, and the reference tables are copied to a node", async () => {
    const mode = "block_writes" as const;
    const [shard] = await placementsOf("events");
    const home = nodeIdSchema.parse(shard?.nodeid);
    const halves = { points: evenPoints(shard?.min ?? 0, shard?.max ?? 0, 2), nodeIds: [home, home] };
    await does(splitShard, { clusterId, shardId: shard?.shardid ?? 0, ...halves, mode });
    await does(isolateTenant, { clusterId, tableOid: await oidOf("customers"), value: "1", mode });
    const [node] = await sandbox.query<{ id: number }>("select citus_add_node($1, $2) as id", [spare.host, spare.port]);
    const [copy] = await placementsOf("countries");
    const [sourceNodeId, targetNodeId] = [nodeIdSchema.parse(copy?.nodeid), nodeIdSchema.parse(node?.id)];
    const input = { clusterId, shardId: copy?.shardid ?? 0, sourceNodeId, targetNodeId, mode };
    // An operator's right, and a superuser's statement all the same.
    if (target.logins.admin) await does(copyShard, input);
    else
      expect((await doChange(copyShard, target, input)).refusal).toMatch(
        /superusers only, and the console has no admin login/,
      );
    done.add(copyShard.name);
    await startOver();
  }, 120_000);

  async function placementsOf(table: string) {
    return sandbox.query<{ shardid: number; min: number; max: number; nodeid: number; colocationid: number }>(
      `select s.shardid::int, s.shardminvalue::int as min, s.shardmaxvalue::int as max, n.nodeid, p.colocationid
         from pg_dist_shard s join pg_dist_partition p using (logicalrelid) join pg_dist_placement l using (shardid)
         join pg_dist_node n on n.groupid = l.groupid and n.noderole = 'primary'
        where s.logicalrelid = $1::regclass order by s.shardid`,
      [table],
    );
  }

  test("what operations left is removed", async () => {
    // Citus removes some by itself every other second: then there was nothing to do, and it is left again.
    const cleaned = await vi.waitUntil(
      async () => {
        await sandbox.query(
          `insert into pg_catalog.pg_dist_cleanup (record_id, operation_id, object_type, object_name, node_group_id, policy_type)
           select 999990, 999990, 1, 'public.orders_999990', groupid, 0 from pg_catalog.pg_dist_node where nodeport = $1
              and not exists (select from pg_catalog.pg_dist_cleanup where record_id = 999990)`,
          [worker1.port],
        );
        return (await doChange(cleanDebris, target, { clusterId })).run;
      },
      { timeout: 20_000, interval: 100 },
    );
    done.add(cleanDebris.name);
    expect(cleaned).toMatchObject({ state: "succeeded", problem: null, effect: { seen: true } });
  });

  test.skipIf(target.logins.admin === null)(
    "a worker on which operations lacks its rights is named before it joins",
    async () => {
      const at = { node: "spare" } as const;
      const words = async () =>
        (await addNode.prepare(target, { clusterId, host: spare.host, port: spare.port })).notes
          .map((note) => note.text)
          .join("\n");
      expect(await words()).not.toContain("has no right there yet");
      await sandbox.query("revoke delete on pg_catalog.pg_dist_node from shardboard_ops", [], at);
      expect(await words()).toContain("shardboard_ops has no right there yet to change the list of nodes.");
      await sandbox.query("grant delete on pg_catalog.pg_dist_node to shardboard_ops", [], at);
    },
  );

  test("a worker joins, is closed, opened, filled, drained, disabled, activated and removed", async () => {
    if (!(await does(addNode, at(spare))))
      await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
    await does(closeNode, await nodeInput(spare));
    await does(openNode, await nodeInput(spare));
    await giveOneShardToSpare();
    await does(drainNode, { ...(await nodeInput(spare)), mode: "block_writes" as const });
    await does(disableNode, await nodeInput(spare));
    if (!(await does(activateNode, await nodeInput(spare))))
      await sandbox.query("select citus_activate_node($1, $2)", [spare.host, spare.port]);
    // With them on it, Citus takes their placements out of every worker's list as the login that removes the node.
    await sandbox.query("select replicate_reference_tables('block_writes')");
    await does(removeNode, await nodeInput(spare));
  }, 120_000);

  async function giveOneShardToSpare(): Promise<void> {
    await sandbox.query("select replicate_reference_tables('block_writes')");
    await sandbox.query(
      `select citus_move_shard_placement(s.shardid, n.nodename, n.nodeport, $1, $2, 'block_writes')
         from pg_dist_shard s join pg_dist_placement p using (shardid) join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
        where s.logicalrelid = 'events'::regclass order by s.shardid limit 1`,
      [spare.host, spare.port],
    );
  }

  test("a standby is registered under its primary", async () => {
    await does(addSecondary, { ...at(standbyWorker1), primaryId: (await memberAt(worker1)).id });
    await does(removeNode, await nodeInput(standbyWorker1));
  });

  test("a standby is registered as a clone, taken back, and promoted", async () => {
    const hasClones = (await readHealth(target)).capabilities.addClone;
    const primaryId = (await memberAt(worker1)).id;
    const clone = { ...at(standbyWorker1), primaryId };
    if (!hasClones) {
      // The stand-in, and Citus before 13.2: said, and nothing else is to be done.
      expect((await doChange(addClone, target, clone)).refusal).toContain("they came with 13.2");
    } else {
      const isDone = await does(addClone, clone);
      if (!isDone) await addCloneAsOwner();
      await does(removeClone, await nodeInput(standbyWorker1));
      if (isDone) await does(addClone, clone);
      await does(promoteClone, { ...(await nodeInput(standbyWorker1)), catchUpSeconds: 60 });
      await startOver();
    }
    for (const one of [addClone, removeClone, promoteClone]) done.add(one.name);
  }, 180_000);

  const addCloneAsOwner = () =>
    sandbox.query("select citus_add_clone_node($1, $2, $3, $4)", [
      standbyWorker1.host,
      standbyWorker1.port,
      worker1.host,
      worker1.port,
    ]);

  test("the coordinator gets its address", async () => {
    await sandbox.query("select citus_set_coordinator_host('localhost', $1)", [coordinator.port]);
    await does(setCoordinatorHost, at(coordinator));
  });

  test("a session of somebody else is cancelled and ended", async () => {
    const client = new pg.Client({ connectionString: sandbox.url("app"), application_name: `someone ${_presence}` });
    client.on("error", () => {}); // being ended is the point
    await client.connect();
    const asleep = client.query("select pg_sleep(60)").catch((cause: { code?: string }) => cause.code);
    const gpid = await vi.waitUntil(
      async () => {
        const { sessions } = await readActivity(target);
        const found = sessions.find((one) => one.application === `someone ${_presence}` && one.state === "active");
        return found && globalPid(found.nodeId, found.pid);
      },
      { timeout: 5_000, interval: 100 },
    );
    await does(cancelSessions, { clusterId, globalPids: [gpid] });
    expect(await asleep).toBe("57014");
    await does(terminateSessions, { clusterId, globalPids: [gpid] });
  });

  test("a rebalance is started and stopped", async () => {
    await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
    const options = { drainOnly: false, parallelReferenceTables: false, parallelColocatedShards: false };
    await does(rebalanceStart, { clusterId, strategy: "by_shard_count", mode: "force_logical", ...options });
    const [job] = await listJobs(target);
    expect((await listTasks(target, job?.jobId ?? 0)).length).toBeGreaterThan(0);
    const [executors] = await readPace(target);
    await does(rebalancePace, { clusterId, executors: Number(executors?.value ?? 1) + 1, executorsPerNode: null });
    // While a superuser's task copies reference tables, only a superuser may stop the job.
    const stopped = () => rebalanceStop.prepare(target, { clusterId });
    if (target.logins.admin === null)
      await vi.waitUntil(async () => refusalOf(await stopped()) === null, { timeout: 60_000, interval: 100 });
    await does(rebalanceStop, { clusterId });
  }, 120_000);

  test("that was every change there is", () => {
    // Done by the console itself when a run is over: server/pace/pace.itest.ts waits for it, with these logins.
    done.add("rebalance.paceBack");
    expect([...done].sort()).toEqual(CHANGES.map((one) => one.name).sort());
  });
});
