import { afterAll, afterEach, describe, expect, test } from "vitest";
import type { FromNode } from "@/lib/domain/from-node";
import type { NodeActivity } from "@/lib/domain/shard-activity";
import type { SandboxNodeName } from "@/sandbox/types";
import { listNodes } from "@/server/nodes/reads";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readShardActivity } from "./reads";

const { sandbox, asReadLogin: target } = testCluster();

afterAll(closePools);

/** A session hands its counters on when it has been idle for a while, or ends. */
const UNTIL_COUNTED = { timeout: 30_000 };

async function shardOf(customerId: number): Promise<{ shardId: number; nodeId: number }> {
  const [found] = await sandbox.query<{ shardid: string; nodeid: number }>(
    `select p.shardid, n.nodeid from pg_dist_placement p join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
      where p.shardid = get_shard_id_for_distribution_column('orders', $1::bigint)`,
    [customerId],
  );
  if (!found) throw new Error("the key has a shard");
  return { shardId: Number(found.shardid), nodeId: found.nodeid };
}

async function nodeOf({ nodeId }: Awaited<ReturnType<typeof shardOf>>) {
  const { port } = (await listNodes(target)).find((node) => node.id === nodeId) ?? {};
  const name = Object.values(sandbox.nodes).find((node) => node.port === port)?.name;
  if (!name) throw new Error("the shard is on a node of the sandbox");
  return name;
}

/** In the shard itself: what the stand-in does with a statement on the whole table is its own affair. */
function write({ shardId }: { shardId: number }, node: SandboxNodeName) {
  return sandbox.query(`update orders_${shardId} set customer_id = customer_id where customer_id = 42`, [], { node });
}

function rateIn(answers: readonly FromNode<NodeActivity>[], { shardId, nodeId }: Awaited<ReturnType<typeof shardOf>>) {
  const answer = answers.find((one) => one.nodeId === nodeId);
  const index = answer?.ok ? answer.value.shardIds.indexOf(shardId) : -1;
  return answer?.ok ? { reads: answer.value.reads[index], writes: answer.value.writes[index] } : null;
}

test("the pg_monitor login sees which shard is read and written, from the second reading on", async () => {
  const first = await readShardActivity(target);
  expect(first.answers.map((answer) => answer.ok && answer.value.seconds)).toEqual(first.answers.map(() => null));
  const place = await shardOf(42);
  const node = await nodeOf(place);
  await write(place, node);
  await expect
    .poll(async () => {
      const rate = rateIn((await readShardActivity(target)).answers, place);
      return (rate?.writes ?? 0) > 0 && (rate?.reads ?? 0) > 0;
    }, UNTIL_COUNTED)
    .toBe(true);
});

test("counters that were set to zero are unknown, and no rate is negative", async () => {
  const place = await shardOf(42);
  const node = await nodeOf(place);
  await write(place, node);
  await readShardActivity(target);
  await sandbox.query("select pg_stat_reset()", [], { node });
  const { answers } = await readShardActivity(target);
  expect(rateIn(answers, place)).toEqual({ reads: null, writes: null });
  const rates = answers.flatMap((answer) => (answer.ok ? [...answer.value.reads, ...answer.value.writes] : []));
  expect(rates.filter((rate) => rate !== null && rate < 0)).toEqual([]);
});

describe("a worker that does not answer", () => {
  afterEach(() => sandbox.reset());

  test.each(["stopped", "frozen"] as const)("%s: it costs its own rates only", async (how) => {
    await readShardActivity(target);
    if (how === "stopped") await sandbox.stop("worker3");
    else sandbox.freeze("worker3");
    const { answers } = await readShardActivity(target);
    const silent = (await listNodes(target)).find((node) => node.port === sandbox.nodes.worker3.port)?.id;
    const failed = answers.filter((answer) => !answer.ok);
    expect(failed.map((answer) => answer.nodeId)).toEqual([silent]);
    for (const answer of answers) {
      if (answer.ok) expect(answer.value.seconds).not.toBeNull();
    }
  });
});
