import { afterAll, beforeAll, expect, test } from "vitest";
import { leftoversOf, nextStepFor } from "@/lib/domain/debris";
import { isLeftOff } from "@/lib/domain/drain-left-off";
import { isMoving, type Jobs } from "@/lib/domain/job";
import { taskWords } from "@/lib/domain/job-wait";
import { waitUntil } from "@/sandbox/processes/wait";
import { readJobs } from "@/server/jobs/topic";
import { openNode } from "@/server/nodes/changes/may-hold-shards";
import { readNodesNow } from "@/server/nodes/now";
import { listNodes } from "@/server/nodes/reads";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { cleanDebris } from "./clean";
import { readDebris } from "./reads";

recordInOwnFolder();
const { sandbox, target, threeLogins } = testCluster();
const { clusterId } = target;
const { worker1, worker2, worker3 } = sandbox.nodes;

beforeAll(() => sandbox.reset());
afterAll(async () => {
  await closePools();
  await sandbox.reset();
});

const leftovers = async () => leftoversOf(await readDebris(threeLogins), isMoving(await readJobs(threeLogins)));

test("F13: what Citus does not know of is found on its node, and the statement that is shown removes it", async () => {
  await sandbox.query("select pg_create_logical_replication_slot('citus_shard_move_slot_99_10_10', 'pgoutput')", [], {
    node: "worker1",
  });
  const [found] = await leftovers();
  if (!found) throw new Error("the slot was not found");
  expect(found).toMatchObject({ kind: "slot", name: "citus_shard_move_slot_99_10_10", fate: "unknown" });
  const { nodes } = await readNodesNow(target);
  expect(nodes.find((node) => node.id === found.nodeId)?.port).toBe(worker1.port);
  await sandbox.query(nextStepFor(found).sql ?? "", [], { node: "worker1" });
  expect(await leftovers()).toEqual([]);
});

test("F13: a copy of a shard that no placement puts on its node is found there, and the statement that is shown removes it", async () => {
  const [elsewhere] = await sandbox.query<{ shard: string }>(
    `select 'orders_' || p.shardid as shard
       from pg_dist_placement p join pg_dist_node n on n.groupid = p.groupid join pg_dist_shard s on s.shardid = p.shardid
      where s.logicalrelid = 'orders'::regclass and n.nodeport <> $1 order by p.shardid limit 1`,
    [worker1.port],
  );
  const name = `public.${elsewhere?.shard}`;
  await sandbox.query(`create table ${name} (a int)`, [], { node: "worker1" });
  const [found] = await leftovers();
  if (!found) throw new Error("the copy was not found");
  expect(found).toMatchObject({ kind: "shard", name, fate: "unknown" });
  await sandbox.query(nextStepFor(found).sql ?? "", [], { node: "worker1" });
  expect(await leftovers()).toEqual([]);
});

test("F13: a record of a node that left is told apart, because Citus never removes it", async () => {
  await sandbox.query(
    `insert into pg_catalog.pg_dist_cleanup (record_id, operation_id, object_type, object_name, node_group_id, policy_type)
     values (999999, 999999, 1, 'public.orders_999999', 77, 0)`,
  );
  const [lost] = await leftovers();
  expect(lost).toMatchObject({ kind: "shard", fate: "lost", nodeId: null, groupId: 77 });
  expect((await doChange(cleanDebris, threeLogins, { clusterId })).refusal).toContain("Nothing is on record");
  await sandbox.query(nextStepFor(lost ?? fail()).sql ?? "");
  expect(await leftovers()).toEqual([]);
});

function fail(): never {
  throw new Error("nothing was left over");
}

test("F12, F14: a drain whose target dies is retried in the open; stopped, it shows what it left, the way back, and how to clean up", async () => {
  await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', false)", [
    worker3.host,
    worker3.port,
  ]);
  await sandbox.query("select citus_rebalance_start(drain_only => true, shard_transfer_mode => 'force_logical')");
  let jobs: Jobs = await readJobs(threeLogins);
  let victim: "worker1" | "worker2" | undefined;
  const members = await listNodes(target);
  await waitUntil("a move that has made something on its target", async () => {
    jobs = await readJobs(threeLogins);
    const { records } = await readDebris(threeLogins);
    victim = ([worker1, worker2] as const)
      .filter(({ port }) => jobs.progress.some((move) => move.target.endsWith(`:${port}`)))
      .find(({ port }) => {
        const id = members.find((node) => node.port === port)?.id;
        return records.some((record) => record.nodeId === id && !record.isDeferred);
      })?.name as typeof victim;
    return victim !== undefined;
  });
  if (!victim) throw new Error("no move began");
  expect(await leftovers()).toEqual([]); // what a move has made while it runs is its own
  await sandbox.stop(victim);

  await waitUntil("a failed try", async () => {
    jobs = await readJobs(threeLogins);
    return jobs.tasks.some((task) => task.retryCount > 0 && task.message !== null);
  });
  const failed = jobs.tasks.find((task) => task.retryCount > 0 && task.message !== null);
  expect(failed?.message).not.toBe("");
  if (failed?.status === "runnable") {
    expect(failed.notBefore).toBeGreaterThan(0);
    expect(taskWords(failed, jobs, jobs.clock)).toMatch(/^retry \d+ of 32 /);
  }

  await sandbox.query("select citus_rebalance_stop()");
  await waitUntil("the end of the job", async () => {
    const [job] = (await readJobs(threeLogins)).jobs;
    return job?.state === "cancelled" || job?.state === "failed";
  });
  const left = await leftovers();
  expect(left.length).toBeGreaterThan(0);
  expect(left.every(({ fate }) => fate === "queued")).toBe(true);
  const inVain = await doChange(cleanDebris, threeLogins, { clusterId });
  expect(inVain.run?.effect?.seen).toBe(false);

  const now = await readNodesNow(target);
  const closed = now.nodes.filter((node) => isLeftOff(node, now.holdings));
  expect(closed.map((node) => node.port)).toEqual([worker3.port]);

  await sandbox.start(victim);
  // Citus may be quicker: then nothing is on record any more, which is what was wanted.
  const cleaned = await doChange(cleanDebris, threeLogins, { clusterId });
  expect(cleaned.run?.effect?.seen ?? cleaned.refusal?.startsWith("Nothing is on record")).toBe(true);
  await waitUntil("nothing left over", async () => (await leftovers()).length === 0);

  const nodeId = closed[0]?.id ?? fail();
  const opened = await doChange(openNode, target, { clusterId, nodeId });
  expect(opened.run?.problem ?? opened.refusal).toBeNull();
  expect(opened.run?.effect?.seen).toBe(true);
  const after = await readNodesNow(target);
  expect(after.nodes.some((node) => isLeftOff(node, after.holdings))).toBe(false);
});
