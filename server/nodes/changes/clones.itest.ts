import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ClusterNode } from "@/lib/domain/node";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { readClonePlan } from "../clone-reads";
import { listNodes } from "../reads";
import { addClone } from "./add-clone";
import { promoteClone } from "./promote-clone";
import { removeClone } from "./remove-clone";

recordInOwnFolder();

const { sandbox, threeLogins: target, withoutAdmin } = testCluster();
const { clusterId } = target;
const { standbyWorker1, worker1, spare } = sandbox.nodes;

async function startOver() {
  stopCollectors();
  await closePools();
  await sandbox.reset();
}

beforeAll(async () => {
  vi.stubEnv("CITUS_URL", sandbox.url("owner"));
  await startOver();
});
afterAll(startOver);

async function nodeAt(port: number): Promise<ClusterNode> {
  const node = (await listNodes(target)).find((one) => one.port === port);
  if (!node) throw new Error(`no node at ${port}`);
  return node;
}

const groupsOf = async (port: number) => {
  const [held] = await sandbox.query<{ shards: number }>(
    `select count(distinct (t.colocationid, s.shardminvalue))::int as shards
       from pg_dist_placement p join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
       join pg_dist_shard s using (shardid) join pg_dist_partition t using (logicalrelid)
      where n.nodeport = $1 and t.partmethod = 'h'`,
    [port],
  );
  return held?.shards ?? 0;
};

const at = ({ host, port }: { host: string; port: number }) => ({ clusterId, host, port });

test.skipIf(sandbox.engine === "citus")("an engine without clones says which version brought them", async () => {
  const input = { ...at(standbyWorker1), primaryId: (await nodeAt(worker1.port)).id };
  expect((await doChange(addClone, target, input)).refusal).toBe("This Citus has no clones: they came with 13.2.");
});

// The stand-in has no copy of a worker to promote; a Citus before 13.2 no functions for it.
const [version] = await sandbox.query<{ has: boolean }>(
  "select to_regprocedure('pg_catalog.citus_add_clone_node(text,integer,text,integer)') is not null as has",
);
test.skipIf(!version?.has)(
  "a standby becomes a clone, can be taken back, and promoted takes over half of its worker without a row lost",
  async () => {
    const primaryId = (await nodeAt(worker1.port)).id;
    const clone = { ...at(standbyWorker1), primaryId };
    const [before] = await sandbox.query("select count(*) from orders");
    const groups = await groupsOf(worker1.port);

    expect((await doChange(addClone, target, { ...at(spare), primaryId })).refusal).toContain("is no standby");
    expect((await doChange(addClone, withoutAdmin, clone)).refusal).toContain("the console has no admin login");
    expect((await doChange(addClone, target, clone)).run).toMatchObject({ state: "succeeded", effect: { seen: true } });
    expect((await doChange(addClone, target, clone)).refusal).toContain("has the clone");

    const nodeId = (await nodeAt(standbyWorker1.port)).id;
    expect((await doChange(removeClone, target, { clusterId, nodeId })).run).toMatchObject({ effect: { seen: true } });
    await doChange(addClone, target, clone);

    const added = await nodeAt(standbyWorker1.port);
    expect(added).toMatchObject({ isClone: true, cloneOf: primaryId });
    const plan = await readClonePlan(target, { nodeId: added.id });
    expect(plan.primaryId).toBe(primaryId);
    const { prepared, run } = await doChange(promoteClone, target, { clusterId, nodeId: added.id, catchUpSeconds: 60 });
    expect(prepared.typed).toBe(`${standbyWorker1.host}:${standbyWorker1.port}`);
    expect(run).toMatchObject({ state: "succeeded", problem: null, login: "dba", effect: { seen: true } });

    const [stays, goes] = [await groupsOf(worker1.port), await groupsOf(standbyWorker1.port)];
    expect(stays + goes).toBe(groups);
    expect(Math.abs(stays - goes)).toBeLessThanOrEqual(1);
    expect(await nodeAt(standbyWorker1.port)).toMatchObject({ isClone: false, role: "primary", isActive: true });
    expect((await sandbox.query("select count(*) from orders"))[0]).toEqual(before);
  },
  180_000,
);
