import { afterAll, expect, test } from "vitest";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import { addressOf } from "@/lib/domain/node";
import { plannerInputOf } from "@/lib/domain/planner-input";
import { planMoves } from "@/lib/domain/rebalance-plan";
import { SHIPPED_OPTIONS, type ShippedStrategy } from "@/lib/domain/shipped-strategies";
import type { Target } from "@/server/clusters";
import { listNodes } from "@/server/nodes/reads";
import { closePools } from "@/server/pg/pools";
import { readSizes } from "@/server/sizes/reads";
import { testCluster } from "@/server/testing/cluster";
import { readTopology } from "@/server/topology/reads";

const { sandbox, target } = testCluster();
afterAll(closePools);

type Row = { shardid: string; source: string; target: string };

async function ours(cluster: Target, strategy: ShippedStrategy): Promise<string[]> {
  const nodes = await listNodes(cluster);
  const picture = clusterPicture(nodes, await readTopology(cluster), await readSizes(cluster));
  const input = plannerInputOf(picture, strategy);
  if (!input) throw new Error("a size is unknown");
  const nameOf = (id: number) => addressOf(nodes.find((node) => node.id === id) ?? { host: "?", port: 0 });
  return planMoves(input.nodes, input.groups, SHIPPED_OPTIONS[strategy])
    .map((move) => `${move.shardId} ${nameOf(move.from)} → ${nameOf(move.to)}`)
    .sort();
}

/** Citus' plan, reduced to one row per shard group: the lowest shard of each is what we name. */
async function theirs(strategy: ShippedStrategy): Promise<string[]> {
  const rows = await sandbox.query<Row>(
    `select min(p.shardid)::text as shardid, p.sourcename || ':' || p.sourceport as source, p.targetname || ':' || p.targetport as target
       from get_rebalance_table_shards_plan(rebalance_strategy => $1) p
       join pg_dist_shard s on s.shardid = p.shardid
       join pg_dist_partition t on t.logicalrelid = s.logicalrelid
      group by t.colocationid, s.shardminvalue, p.sourcename, p.sourceport, p.targetname, p.targetport`,
    [strategy],
  );
  return rows.map((row) => `${row.shardid} ${row.source} → ${row.target}`).sort();
}

test.each(["by_shard_count", "by_disk_size"] as const)(
  "%s: the console's planner moves what Citus would move, before and after a node joins",
  async (strategy) => {
    await sandbox.reset();
    expect(await ours(target, strategy)).toEqual(await theirs(strategy));
    const { host, port } = sandbox.nodes.spare;
    await sandbox.query("select citus_add_node($1, $2)", [host, port]);
    try {
      const expected = await theirs(strategy);
      expect(expected.length).toBeGreaterThan(5);
      expect(await ours(target, strategy)).toEqual(expected);
    } finally {
      await sandbox.query("select citus_remove_node($1, $2)", [host, port]);
    }
  },
);
