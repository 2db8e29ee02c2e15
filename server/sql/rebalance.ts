import "server-only";
import { z } from "zod";
import { int8, timestamp } from "@/server/pg/columns";
import { identifier, nodeQuestion, sql, statement } from "@/server/pg/sql";
import { ROOM, ROOM_FROM, roomSchema } from "./node-room";

/** The strategies there are, own ones included. Which is the default is data, and it changed in Citus 12.0. */
export const listStrategies = statement({
  name: "rebalance.listStrategies",
  access: "read",
  fanOut: "none",
  text: sql`
    select name::text as name, default_strategy, default_threshold
      from pg_catalog.pg_dist_rebalance_strategy
     order by default_strategy desc, name`,
  values: () => [],
  row: z.object({ name: z.string(), default_strategy: z.boolean(), default_threshold: z.number() }),
});

/** The transfer modes of this version, in its own order: a mode that a later version adds is offered without a change here. */
export const listTransferModes = statement({
  name: "rebalance.listTransferModes",
  access: "read",
  fanOut: "none",
  text: sql`
    select e.enumlabel::text as mode
      from pg_catalog.pg_enum e
      join pg_catalog.pg_type t on t.oid = e.enumtypid
      join pg_catalog.pg_namespace n on n.oid = t.typnamespace
     where n.nspname = 'citus' and t.typname = 'shard_transfer_mode'
     order by e.enumsortorder`,
  values: () => [],
  row: z.object({ mode: z.string() }),
});

/**
 * What a rebalance would do now, one row per colocated shard, in the order of the moves. As the login that would start it:
 * the strategy measures shards with the rights of the caller. By disk size that is one question per shard group, one after
 * another (24 s at 101,250 shards), and an error as soon as a worker does not answer.
 */
export const plan = statement({
  name: "rebalance.plan",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select shardid, sourcename, sourceport, targetname, targetport
      from pg_catalog.get_rebalance_table_shards_plan(rebalance_strategy => $1::name, drain_only => $2)`,
  values: ({ strategy, drainOnly }: { strategy: string; drainOnly: boolean }) => [strategy, drainOnly],
  row: z.object({
    shardid: int8,
    sourcename: z.string(),
    sourceport: z.int(),
    targetname: z.string(),
    targetport: z.int(),
  }),
});

/** The same with a threshold that is not the strategy's own: a preview of what citus_rebalance_start cannot be told. */
export const planAtThreshold = statement({
  name: "rebalance.planAtThreshold",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select shardid, sourcename, sourceport, targetname, targetport
      from pg_catalog.get_rebalance_table_shards_plan(rebalance_strategy => $1::name, drain_only => $2, threshold => $3::float4)`,
  values: ({ strategy, drainOnly, threshold }: { strategy: string; drainOnly: boolean; threshold: number }) => [
    strategy,
    drainOnly,
    threshold,
  ],
  row: plan.row,
});

type StartParams = {
  strategy: string;
  drainOnly: boolean;
  mode: string;
  parallelReferenceTables: boolean;
  parallelColocatedShards: boolean;
};

const startRow = z.object({ citus_rebalance_start: int8.nullable() });

/** Schedules the moves as a background job and returns its id; null when there is nothing to move, with a NOTICE that says why. */
export const start = statement({
  name: "rebalance.start",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_rebalance_start(
      rebalance_strategy => $1,
      drain_only => $2,
      shard_transfer_mode => $3)`,
  values: ({ strategy, drainOnly, mode }: StartParams) => [strategy, drainOnly, mode],
  row: startRow,
});

/** The same with the two flags that Citus 13.2 added; before that the call with them does not exist. */
export const startParallel = statement({
  name: "rebalance.startParallel",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_rebalance_start(
      rebalance_strategy => $1,
      drain_only => $2,
      shard_transfer_mode => $3,
      parallel_transfer_reference_tables => $4,
      parallel_transfer_colocated_shards => $5)`,
  values: (params: StartParams) => [
    params.strategy,
    params.drainOnly,
    params.mode,
    params.parallelReferenceTables,
    params.parallelColocatedShards,
  ],
  row: startRow,
});

/**
 * Whether a task of the rebalance that is open belongs to a superuser, as the copying of reference tables does: Citus then lets
 * only a superuser stop it, and the login that asks is none.
 */
export const stopNeedsSuperuser = statement({
  name: "rebalance.stopNeedsSuperuser",
  access: "ops",
  fanOut: "none",
  text: sql`
    select not (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user)
           and exists (select from pg_catalog.pg_dist_background_task t
                         join pg_catalog.pg_roles o on o.oid = t.owner
                        where o.rolsuper and t.status not in ('done', 'error', 'unscheduled', 'cancelled')) as needed`,
  values: () => [],
  row: z.object({ needed: z.boolean() }),
});

/** Cancels what waits and interrupts what runs. Undoes nothing. While the first is being obeyed a second one brings tasks back. */
export const stop = statement({
  name: "rebalance.stop",
  access: "ops",
  fanOut: "none",
  text: sql`select pg_catalog.citus_rebalance_stop()`,
  values: () => [],
  row: z.unknown(),
});

/**
 * What of the coordinator decides about a start: distributed tables that the starting login does not own (Citus refuses on
 * the first), and the share of a target's disk that a move must leave free.
 */
export const coordinatorFacts = statement({
  name: "rebalance.coordinatorFacts",
  access: "ops",
  fanOut: "none",
  text: sql`
    select array(select n.nspname || '.' || c.relname
                   from pg_catalog.pg_dist_partition p
                   join pg_catalog.pg_class c on c.oid = p.logicalrelid
                   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                  where p.repmodel <> 't' and not pg_has_role(current_user, c.relowner, 'usage')
                  order by 1 limit 20) as not_owned,
           current_setting('citus.desired_percent_disk_available_after_move', true)::float8 as disk_percent,
           clock_timestamp() as clock`,
  values: () => [],
  row: z.object({ not_owned: z.array(z.string()), disk_percent: z.number().nullable(), clock: timestamp }),
});

/** A node's room for logical moves and for more data. */
export const nodeRoom = nodeQuestion({
  name: "rebalance.nodeRoom",
  text: sql`select json_build_object(${ROOM})::text as answer from ${ROOM_FROM}`,
  answer: roomSchema,
});

/**
 * Tables in the order in which Citus comes upon them, which is where they stand in the catalog's pages: the first of a colocation
 * group speaks for it in a plan, and the groups are planned in that order.
 */
export const listTablesAsPlanned = statement({
  name: "rebalance.listTablesAsPlanned",
  access: "read",
  fanOut: "none",
  text: sql`select p.logicalrelid::oid::int8 as oid from pg_catalog.pg_dist_partition p order by p.ctid`,
  values: () => [],
  row: z.object({ oid: int8 }),
});

/** Everything about the strategies, with the schema and name of their functions. The base cost came with Citus 12.0. */
export const listPlannerRules = statement({
  name: "rebalance.listPlannerRules",
  access: "read",
  fanOut: "none",
  text: sql`
    select s.name::text as name, s.default_strategy, s.default_threshold, s.minimum_threshold, s.improvement_threshold,
           cn.nspname as cost_schema, c.proname as cost_name,
           yn.nspname as capacity_schema, y.proname as capacity_name,
           an.nspname as allowed_schema, a.proname as allowed_name,
           coalesce(pg_size_bytes(current_setting('citus.rebalancer_by_disk_size_base_cost', true)), 0) as base_bytes
      from pg_catalog.pg_dist_rebalance_strategy s
      join pg_catalog.pg_proc c on c.oid = s.shard_cost_function
      join pg_catalog.pg_namespace cn on cn.oid = c.pronamespace
      join pg_catalog.pg_proc y on y.oid = s.node_capacity_function
      join pg_catalog.pg_namespace yn on yn.oid = y.pronamespace
      join pg_catalog.pg_proc a on a.oid = s.shard_allowed_on_node_function
      join pg_catalog.pg_namespace an on an.oid = a.pronamespace
     order by s.default_strategy desc, s.name`,
  values: () => [],
  row: z.object({
    name: z.string(),
    default_strategy: z.boolean(),
    default_threshold: z.number(),
    minimum_threshold: z.number(),
    improvement_threshold: z.number(),
    cost_schema: z.string(),
    cost_name: z.string(),
    capacity_schema: z.string(),
    capacity_name: z.string(),
    allowed_schema: z.string(),
    allowed_name: z.string(),
    base_bytes: int8,
  }),
});

type FunctionName = { schema: string; name: string };
const called = ({ schema, name }: FunctionName) => sql`${identifier(schema)}.${identifier(name)}`;

/** What a strategy's own function says each shard that stands for its group costs; one answer, in a row each. */
export const strategyCosts = (own: FunctionName) =>
  statement({
    name: "rebalance.strategyCosts",
    access: "read",
    fanOut: "none",
    text: sql`
      select s.shardid, ${called(own)}(s.shardid)::float8 as cost
        from pg_catalog.pg_dist_shard s
       where s.logicalrelid = any($1::oid[]::regclass[])`,
    values: ({ tableOids }: { tableOids: readonly number[] }) => [tableOids],
    row: z.object({ shardid: int8, cost: z.number() }),
  });

/** What a strategy's own function says of each node's capacity. */
export const strategyCapacities = (own: FunctionName) =>
  statement({
    name: "rebalance.strategyCapacities",
    access: "read",
    fanOut: "none",
    text: sql`
      select n.nodeid, ${called(own)}(n.nodeid)::float8 as capacity
        from pg_catalog.pg_dist_node n
       where n.noderole = 'primary' and n.isactive and n.shouldhaveshards`,
    values: () => [],
    row: z.object({ nodeid: z.int(), capacity: z.number() }),
  });

/** Where a strategy's own function does not allow a shard; what is allowed is not sent. */
export const strategyDisallowed = (own: FunctionName) =>
  statement({
    name: "rebalance.strategyDisallowed",
    access: "read",
    fanOut: "none",
    text: sql`
      select n.nodeid, s.shardid
        from pg_catalog.pg_dist_shard s
       cross join pg_catalog.pg_dist_node n
       where s.logicalrelid = any($1::oid[]::regclass[]) and n.noderole = 'primary' and n.isactive and n.shouldhaveshards
         and not ${called(own)}(s.shardid, n.nodeid)`,
    values: ({ tableOids }: { tableOids: readonly number[] }) => [tableOids],
    row: z.object({ nodeid: z.int(), shardid: int8 }),
  });
