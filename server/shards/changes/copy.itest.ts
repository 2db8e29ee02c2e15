import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { nodeIdSchema } from "@/lib/domain/node";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { copyShard } from "./copy";

recordInOwnFolder();

const { sandbox, threeLogins: target, withoutAdmin } = testCluster();
const { clusterId } = target;
const { spare } = sandbox.nodes;

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

const placementsOf = (table: string) =>
  sandbox.query<{ shardid: number; nodeid: number }>(
    `select s.shardid::int, n.nodeid from pg_dist_shard s join pg_dist_placement p using (shardid)
       join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
      where s.logicalrelid = $1::regclass order by s.shardid, n.nodeid`,
    [table],
  );

test("reference tables are copied to a node that has none; of others Citus makes no second copy; without an admin login neither is done, and that is said", async () => {
  const [node] = await sandbox.query<{ id: number }>("select citus_add_node($1, $2) as id", [spare.host, spare.port]);
  const targetNodeId = nodeIdSchema.parse(node?.id);
  const inputOf = async (table: string) => {
    const [placement] = await placementsOf(table);
    return {
      clusterId,
      shardId: placement?.shardid ?? 0,
      sourceNodeId: nodeIdSchema.parse(placement?.nodeid),
      targetNodeId,
      mode: "block_writes" as const,
    };
  };
  expect((await doChange(copyShard, target, await inputOf("orders"))).refusal).toContain(
    "with a replication factor over 1",
  );
  const alone = await doChange(copyShard, withoutAdmin, await inputOf("countries"));
  expect(alone.refusal).toContain("the console has no admin login for this cluster");
  const { run } = await doChange(copyShard, target, await inputOf("countries"));
  expect(run).toMatchObject({ state: "succeeded", problem: null, effect: { seen: true }, login: "dba" });
  expect((await placementsOf("countries")).map((placement) => placement.nodeid)).toContain(targetNodeId);
}, 120_000);
