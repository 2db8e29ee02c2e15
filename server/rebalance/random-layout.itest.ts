import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import { addressOf, type ClusterNode, nodeIdSchema } from "@/lib/domain/node";
import { plannerInputOf, type Weighing } from "@/lib/domain/planner-input";
import { planMoves } from "@/lib/domain/rebalance-plan";
import { aTable, aTopology, aWorker } from "@/lib/testing/layout";
import { testCluster } from "@/server/testing/cluster";

/**
 * Random layouts, costs, capacities and forbidden places, written into the catalogs of a real Citus in transactions that are rolled
 * back, so that no data has to be there: a strategy's functions read what this test fills in. Both plan the same; both moves are compared.
 */
const { sandbox } = testCluster();

const SETUP = `
  create schema planner_test;
  create table planner_test.costs (shardid int8 primary key, cost real);
  create table planner_test.capacities (nodeid int primary key, capacity real);
  create table planner_test.denied (shardid int8, nodeid int, primary key (shardid, nodeid));
  create function planner_test.cost(bigint) returns real language sql stable as 'select cost from planner_test.costs where shardid = $1';
  create function planner_test.capacity(int) returns real language sql stable as 'select capacity from planner_test.capacities where nodeid = $1';
  create function planner_test.allowed(bigint, int) returns boolean language sql stable
    as 'select not exists (select from planner_test.denied d where d.shardid = $1 and d.nodeid = $2)';
  select citus_add_rebalance_strategy('planner_test', 'planner_test.cost', 'planner_test.capacity', 'planner_test.allowed', 0, 0, 0);
  create table planner_test.a1 (id int primary key); create table planner_test.a2 (id int primary key);
  create table planner_test.b (id int primary key); create table planner_test.c (id int primary key);
  create table planner_test.d (id int primary key); create table planner_test.e (id int primary key); create table planner_test.r (id int primary key);
  select create_distributed_table('planner_test.a1', 'id', colocate_with => 'none', shard_count => 16);
  select create_distributed_table('planner_test.a2', 'id', colocate_with => 'planner_test.a1');
  select create_distributed_table('planner_test.b', 'id', colocate_with => 'none', shard_count => 3);
  select create_distributed_table('planner_test.c', null, colocate_with => 'none');
  select create_distributed_table('planner_test.d', null, colocate_with => 'none');
  select create_distributed_table('planner_test.e', null, colocate_with => 'none');
  set citus.shard_replication_factor = 2;
  select create_distributed_table('planner_test.r', 'id', colocate_with => 'none', shard_count => 12);
  reset citus.shard_replication_factor;`;

const TEARDOWN = `
  set client_min_messages = error;
  delete from pg_dist_rebalance_strategy where name = 'planner_test';
  drop schema if exists planner_test cascade;`;

type Known = {
  tables: { oid: string; colocationid: number; partmethod: string; name: string }[];
  shards: { shardid: string; oid: string; min: number | null; max: number | null; placements: string[] }[];
  nodes: { nodeid: number; groupid: number; nodename: string; nodeport: number }[];
};

const FAKES = 5;

/** What one run draws: for each position the values are taken round and round. */
const anyDraw = (cost: fc.Arbitrary<number>, capacity: fc.Arbitrary<number>) =>
  fc.record({
    fakes: fc.nat({ max: FAKES }),
    open: fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }),
    places: fc.array(fc.nat({ max: 1000 }), { minLength: 40, maxLength: 120 }),
    costs: fc.array(cost, { minLength: 1, maxLength: 60 }),
    capacities: fc.array(capacity, { minLength: 1, maxLength: 9 }),
    denied: fc.array(fc.record({ shard: fc.nat({ max: 1000 }), node: fc.nat({ max: 8 }) }), { maxLength: 30 }),
    threshold: fc.constantFrom(0, 0.01, 0.1, 0.3),
    improvementThreshold: fc.constantFrom(0, 0.1, 0.5, 1),
    maxMoves: fc.constantFrom(1_000_000, 1_000_000, 7),
    drainOnly: fc.boolean(),
  });
type Draw = ReturnType<typeof anyDraw> extends fc.Arbitrary<infer D> ? D : never;

const at = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

describe.skipIf(sandbox.engine !== "citus")(
  "on a real Citus (the stand-in's plan is its own, and proves nothing)",
  () => {
    const client = new pg.Client({ connectionString: sandbox.url() });
    let known: Known;

    beforeAll(async () => {
      await client.connect();
      await client.query(TEARDOWN);
      await client.query(SETUP);
      const rows = async <T>(sql: string) => (await client.query(sql)).rows as T[];
      known = {
        tables: await rows(
          `select logicalrelid::oid::text as oid, colocationid, partmethod, logicalrelid::text as name from pg_dist_partition
          where not (partmethod = 'n' and (repmodel = 't' or colocationid = 0)) order by ctid`,
        ),
        shards: await rows(
          `select s.shardid, s.logicalrelid::oid::text as oid, s.shardminvalue::int as min, s.shardmaxvalue::int as max,
                array_agg(p.placementid::text order by p.placementid) as placements
           from pg_dist_shard s join pg_dist_placement p using (shardid)
           join pg_dist_partition t on t.logicalrelid = s.logicalrelid
          where not (t.partmethod = 'n' and (t.repmodel = 't' or t.colocationid = 0)) group by 1, 2, 3, 4 order by 1`,
        ),
        nodes: await rows(
          "select nodeid, groupid, nodename, nodeport from pg_dist_node where noderole = 'primary' order by nodeid",
        ),
      };
    });
    afterAll(async () => {
      await client.query(TEARDOWN);
      await client.end();
    });

    /** The layout of one draw, for us and for Citus. */
    function layoutOf(draw: Draw) {
      const nodes = [
        ...known.nodes,
        ...Array.from({ length: draw.fakes }, (_, index) => ({
          nodeid: 9000 + 7 * index,
          groupid: 9000 + index,
          nodename: `host-${(index * 5) % 7}.internal.example.org`,
          nodeport: 6000 - index,
        })),
      ].map((row, index): ClusterNode & { capacity: number } => ({
        ...aWorker(row.groupid, {
          id: nodeIdSchema.parse(row.nodeid),
          host: row.nodename,
          port: row.nodeport,
          // One at least is open, or Citus refuses to plan.
          mayHoldShards: index === 1 || at(draw.open, index),
        }),
        capacity: at(draw.capacities, index),
      }));
      const tableOf = new Map(known.tables.map((table) => [table.oid, table]));
      const groupKeys = new Map<string, number>();
      const shards = known.shards.map((shard) => {
        const table = tableOf.get(shard.oid);
        const key = `${table?.colocationid} ${shard.min}`;
        const group = groupKeys.get(key) ?? groupKeys.size;
        groupKeys.set(key, group);
        const first = at(draw.places, group) % nodes.length;
        const second = (first + 1 + (at(draw.places, group + 1) % (nodes.length - 1))) % nodes.length;
        const groupIds = shard.placements.map((_, copy) => at(nodes, copy === 0 ? first : second).groupId);
        return {
          ...shard,
          id: Number(shard.shardid),
          tableOid: Number(shard.oid),
          groupIds,
          cost: at(draw.costs, group),
        };
      });
      const denied = draw.denied.map(({ shard, node }) => ({ shard: at(shards, shard).id, node: at(nodes, node).id }));
      return { nodes, shards, denied };
    }

    async function theirs(draw: Draw, { nodes, shards, denied }: ReturnType<typeof layoutOf>): Promise<string[]> {
      const write = (sql: string, ...values: unknown[]) => client.query(sql, values);
      await client.query("begin; set local client_min_messages = error");
      try {
        const fakes = nodes.filter((node) => node.id >= 9000);
        await write(
          `insert into pg_dist_node (nodeid, groupid, nodename, nodeport, isactive, noderole, shouldhaveshards, hasmetadata, metadatasynced)
         select n, g, h, p, true, 'primary', true, true, true from unnest($1::int[], $2::int[], $3::text[], $4::int[]) as x(n, g, h, p)`,
          fakes.map((node) => node.id),
          fakes.map((node) => node.groupId),
          fakes.map((node) => node.host),
          fakes.map((node) => node.port),
        );
        await write(
          "update pg_dist_node n set shouldhaveshards = x.open from unnest($1::int[], $2::bool[]) as x(id, open) where n.nodeid = x.id",
          nodes.map((node) => node.id),
          nodes.map((node) => node.mayHoldShards),
        );
        // Out of each other's way first: two copies may change places.
        await write(
          "update pg_dist_placement set groupid = 100000 + placementid where placementid = any($1::int8[])",
          shards.flatMap((shard) => shard.placements),
        );
        await write(
          "update pg_dist_placement p set groupid = x.g from unnest($1::int8[], $2::int[]) as x(id, g) where p.placementid = x.id and p.groupid <> x.g",
          shards.flatMap((shard) => shard.placements),
          shards.flatMap((shard) => shard.groupIds),
        );
        await write(
          "insert into planner_test.costs select * from unnest($1::int8[], $2::real[])",
          shards.map((shard) => shard.id),
          shards.map((shard) => shard.cost),
        );
        await write(
          "insert into planner_test.capacities select * from unnest($1::int[], $2::real[])",
          nodes.map((node) => node.id),
          nodes.map((node) => node.capacity),
        );
        await write(
          "insert into planner_test.denied select distinct * from unnest($1::int8[], $2::int[])",
          denied.map((one) => one.shard),
          denied.map((one) => one.node),
        );
        const { rows } = await write(
          `select shardid, sourcename || ':' || sourceport as source, targetname || ':' || targetport as target
           from get_rebalance_table_shards_plan(threshold => $1, max_shard_moves => $2, drain_only => $3, rebalance_strategy => 'planner_test',
                                                improvement_threshold => $4)`,
          draw.threshold,
          draw.maxMoves,
          draw.drainOnly,
          draw.improvementThreshold,
        );
        const speaking = new Set(
          known.tables
            .filter((table, index, all) => all.findIndex((one) => one.colocationid === table.colocationid) === index)
            .map((table) => Number(table.oid)),
        );
        const spoken = new Set(shards.filter((shard) => speaking.has(shard.tableOid)).map((shard) => shard.shardid));
        return rows
          .filter((row) => spoken.has(row.shardid))
          .map((row) => `${row.shardid} ${row.source} → ${row.target}`);
      } finally {
        await client.query("rollback");
      }
    }

    function ours(draw: Draw, { nodes, shards, denied }: ReturnType<typeof layoutOf>): string[] {
      const tables = known.tables.map((table) =>
        aTable(Number(table.oid), table.name, {
          colocationId: table.colocationid,
          kind: table.partmethod === "n" ? "single-shard" : "distributed",
        }),
      );
      const weighing: Weighing = {
        costs: { shardIds: shards.map((shard) => shard.id), costs: shards.map((shard) => shard.cost) },
        capacities: nodes.map((node) => ({ nodeId: node.id, capacity: node.capacity })),
        disallowed: nodes.map((node) => ({
          nodeId: node.id,
          shardIds: denied.filter((one) => one.node === node.id).map((one) => one.shard),
        })),
      };
      const picture = clusterPicture(nodes, aTopology(tables, shards), null);
      const input = plannerInputOf(
        picture,
        weighing,
        tables.map((table) => table.oid),
      );
      if (!input) throw new Error("every cost is known");
      const nameOf = new Map(nodes.map((node) => [node.id as number, addressOf(node)]));
      return planMoves(input.nodes, input.groups, { ...draw, hasCitusTies: true }).map(
        (move) => `${move.shardId} ${nameOf.get(move.from)} → ${nameOf.get(move.to)}`,
      );
    }

    async function compare(arbitrary: fc.Arbitrary<Draw>, numRuns: number) {
      const seen = { layouts: 0, moves: 0, different: 0 };
      await fc.assert(
        fc.asyncProperty(arbitrary, async (draw) => {
          const layout = layoutOf(draw);
          const expected = await theirs(draw, layout);
          seen.layouts += 1;
          seen.moves += expected.length;
          expect(ours(draw, layout)).toEqual(expected);
        }),
        { numRuns, endOnFailure: true },
      );
      console.info(`${seen.layouts} layouts, ${seen.moves} moves compared`);
      expect(seen.moves).toBeGreaterThan(seen.layouts);
    }

    test("by count: every move equals Citus', in its order", async () => {
      await compare(anyDraw(fc.constant(1), fc.constant(1)), 200);
    }, 900_000);

    test("with whole-number costs and capacities, closed nodes and forbidden places: every move equals Citus', in its order", async () => {
      await compare(anyDraw(fc.nat({ max: 1000 }), fc.nat({ max: 4 })), 200);
    }, 900_000);

    test("by size: sums that are rounded are rounded as Citus rounds them", async () => {
      await compare(
        anyDraw(fc.double({ min: 1e8, max: 1e12, noNaN: true }).map(Math.fround), fc.constantFrom(0.1, 0.5, 1, 3.3)),
        200,
      );
    }, 900_000);
  },
);
