import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
import { identifier, sql, statement } from "@/server/pg/sql";

type Address = { host: string; port: number };
type MoveParams = { shardId: number; source: Address; target: Address; mode: string };

const moveValues = ({ shardId, source, target, mode }: MoveParams) => [
  shardId,
  source.host,
  source.port,
  target.host,
  target.port,
  mode,
];

/** These functions return nothing; what they have to say comes as NOTICE. */
const nothing = z.record(z.string(), z.unknown());

/**
 * Moves a shard with all that is colocated with it, and returns when it is there. By address and not by node id: since 13.0 this
 * form refuses where the target lacks a reference table, the other moves all the same and breaks joins. The mode is not cast: the
 * login may have no right to the schema of its type.
 */
export const moveShard = statement({
  name: "shards.move",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_move_shard_placement(
             $1::int8, $2, $3::int4, $4, $5::int4,
             $6)`,
  values: moveValues,
  row: nothing,
});

/** Moves every table of a distributed schema to a node. Citus 12.1 and newer. */
export const moveSchema = statement({
  name: "shards.moveSchema",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_schema_move(
             $1::regnamespace, $2, $3::int4,
             $4)`,
  values: ({ schema, target, mode }: { schema: string; target: Address; mode: string }) => [
    identifier(schema),
    target.host,
    target.port,
    mode,
  ],
  row: nothing,
});

/** Copies every reference table to each node that lacks one. Adding a node has not done so since Citus 11.2. */
export const copyReferenceTables = statement({
  name: "shards.copyReferenceTables",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.replicate_reference_tables($1)`,
  values: ({ mode }: { mode: string }) => [mode],
  row: nothing,
});

/** Splits a shard with all that is colocated with it: the parts are new shards with new ids. There is no way back. */
export const splitShard = statement({
  name: "shards.split",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_split_shard_by_split_points(
             $1::int8, $2::text[], $3::int4[],
             $4)`,
  values: ({ shardId, points, nodeIds, mode }: SplitParams) => [shardId, points.map(String), nodeIds, mode],
  row: nothing,
});
type SplitParams = {
  shardId: number;
  points: readonly number[];
  nodeIds: readonly number[];
  mode: string;
};

/**
 * Puts all rows of one value into a shard of their own, in every colocated table. The value is bound as text; Citus reads it with
 * the column's own input function.
 */
export const isolateTenant = statement({
  name: "shards.isolate",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.isolate_tenant_to_new_shard(
             $1::regclass, $2::text, 'CASCADE',
             $3) as shard_id`,
  values: ({ schema, name, value, mode }: { schema: string; name: string; value: string; mode: string }) => [
    `${identifier(schema)}.${identifier(name)}`,
    value,
    mode,
  ],
  row: z.object({ shard_id: int8 }),
});

/** Makes one more placement of a shard: of reference tables, and of tables whose shards Citus itself keeps in several copies. */
export const copyShard = statement({
  name: "shards.copy",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_copy_shard_placement(
             $1::int8, $2, $3::int4, $4, $5::int4,
             $6)`,
  values: moveValues,
  row: nothing,
});
