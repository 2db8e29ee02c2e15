import { afterAll, expect, test } from "vitest";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import { addressOf } from "@/lib/domain/node";
import { optionsOf, plannerInputOf } from "@/lib/domain/planner-input";
import { planMoves } from "@/lib/domain/rebalance-plan";
import type { Target } from "@/server/clusters";
import { listNodes } from "@/server/nodes/reads";
import { closePools } from "@/server/pg/pools";
import { readSizes } from "@/server/sizes/reads";
import { testCluster } from "@/server/testing/cluster";
import { readTopology } from "@/server/topology/reads";
import { readPlannerFacts } from "./planner-facts";

const { sandbox, target, asReadLogin } = testCluster();
afterAll(closePools);

type Row = { shardid: string; source: string; target: string };

async function rulesNamed(cluster: Target, name: string) {
  const { strategies, tableOids } = await readPlannerFacts(cluster);
  const found = strategies.find((one) => (one.known ? one.rules.name : one.name) === name);
  if (!found?.known) throw new Error(`no rules of ${name}: ${found?.because ?? "no such strategy"}`);
  return { rules: found.rules, tableOids };
}

/** As it is read in production: nodes, layout, sizes and the strategy's rules with the read login, then planned here. */
async function ours(cluster: Target, strategy: string): Promise<string[]> {
  const nodes = await listNodes(cluster);
  const picture = clusterPicture(nodes, await readTopology(cluster), await readSizes(cluster));
  const { rules, tableOids } = await rulesNamed(cluster, strategy);
  const input = plannerInputOf(picture, rules, tableOids);
  if (!input) throw new Error("a size is unknown");
  const nameOf = (id: number) => addressOf(nodes.find((node) => node.id === id) ?? { host: "?", port: 0 });
  return planMoves(input.nodes, input.groups, optionsOf(rules)).map(
    (move) => `${input.groupOf.get(move.shardId)?.id} ${nameOf(move.from)} → ${nameOf(move.to)}`,
  );
}

/** Citus' plan in its order, reduced to one row per shard group: the lowest shard of each is what we name. */
async function theirs(strategy: string): Promise<string[]> {
  const rows = await sandbox.query<Row>(
    `select min(p.shardid)::text as shardid, p.sourcename || ':' || p.sourceport as source, p.targetname || ':' || p.targetport as target
       from get_rebalance_table_shards_plan(rebalance_strategy => $1) with ordinality p
       join pg_dist_shard s on s.shardid = p.shardid
       join pg_dist_partition t on t.logicalrelid = s.logicalrelid
      group by t.colocationid, s.shardminvalue, p.sourcename, p.sourceport, p.targetname, p.targetport order by min(p.ordinality)`,
    [strategy],
  );
  return rows.map((row) => `${row.shardid} ${row.source} → ${row.target}`);
}

// The stand-in's plan by size balances each colocation group for itself; a real Citus takes the small ones together.
const COMPARED = sandbox.engine === "citus" ? ["by_shard_count", "by_disk_size"] : ["by_shard_count"];
test.each(COMPARED)(
  "%s: the console's planner moves what Citus would move, before and after a node joins",
  async (strategy) => {
    await sandbox.reset();
    // The stand-in comes upon colocation groups in an order of its own.
    const order = (lines: string[]) => (sandbox.engine === "citus" ? lines : lines.sort());
    expect(order(await ours(asReadLogin, strategy))).toEqual(order(await theirs(strategy)));
    const { host, port } = sandbox.nodes.spare;
    await sandbox.query("select citus_add_node($1, $2)", [host, port]);
    try {
      const expected = order(await theirs(strategy));
      expect(expected.length).toBeGreaterThan(5);
      expect(order(await ours(asReadLogin, strategy))).toEqual(expected);
    } finally {
      await sandbox.query("select citus_remove_node($1, $2)", [host, port]);
    }
  },
);

test("a strategy of somebody's own is read from its functions; one that may not be called says why, and the others stay", async () => {
  await sandbox.query("drop schema if exists own_rules cascade");
  await sandbox.query("delete from pg_dist_rebalance_strategy where name = 'own_rules'");
  await sandbox.query("create schema own_rules");
  try {
    await sandbox.query(
      "create function own_rules.cost(bigint) returns real language sql immutable as 'select ($1 % 3 + 1)::real'",
    );
    await sandbox.query(
      "create function own_rules.capacity(int) returns real language sql immutable as 'select case $1 % 2 when 0 then 2 else 1 end::real'",
    );
    await sandbox.query(
      "create function own_rules.allowed(bigint, int) returns boolean language sql immutable as 'select ($1 + $2) % 5 <> 0'",
    );
    await sandbox.query(
      `insert into pg_dist_rebalance_strategy (name, default_strategy, shard_cost_function, node_capacity_function, shard_allowed_on_node_function,
                                               default_threshold, minimum_threshold, improvement_threshold)
       values ('own_rules', false, 'own_rules.cost', 'own_rules.capacity', 'own_rules.allowed', 0, 0, 0)`,
    );
    const refused = (await readPlannerFacts(asReadLogin)).strategies;
    expect(refused.find((one) => !one.known)).toMatchObject({
      name: "own_rules",
      because: expect.stringContaining("permission"),
    });
    expect(refused.filter((one) => one.known)).toHaveLength(2);
    const { rules } = await rulesNamed(target, "own_rules");
    expect(new Set(rules.capacities.map((one) => one.capacity))).toEqual(new Set([1, 2]));
    expect(rules.disallowed.length).toBeGreaterThan(0);
    if (sandbox.engine === "citus") expect(await ours(target, "own_rules")).toEqual(await theirs("own_rules"));
  } finally {
    await sandbox.query("delete from pg_dist_rebalance_strategy where name = 'own_rules'");
    await sandbox.query("drop schema own_rules cascade");
  }
});
