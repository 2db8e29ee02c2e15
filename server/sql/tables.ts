import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
import { identifier, nodeQuestion, type Statement, sql, statement } from "@/server/pg/sql";
import { nameOf } from "./table-parts";

/** How the login that makes changes sees the settings that decide about new shards: a role or a database may have its own. */
export const readDistributionSettings = statement({
  name: "tables.readSettings",
  access: "ops",
  fanOut: "none",
  text: sql`
    select current_setting('citus.shard_count')::int as shard_count,
           current_setting('citus.shard_replication_factor')::int as replication_factor,
           coalesce(current_setting('citus.enable_unsafe_triggers', true)::bool, false) as unsafe_triggers`,
  values: () => [],
  row: z.object({ shard_count: z.int(), replication_factor: z.int(), unsafe_triggers: z.boolean() }),
});

/** Hash-distributed tables with their column's type and collation, in which colocated tables must agree. Partitions follow their parent. */
export const listColocationTargets = statement({
  name: "tables.listColocationTargets",
  access: "read",
  fanOut: "none",
  text: sql`
    select c.oid::int8 as oid, ${nameOf(sql`c`, sql`ns`)} as name, format('%I.%I', ns.nspname, c.relname) as quoted_name,
           a.attname as column_name, format_type(a.atttypid, null) as plain_type,
           case when a.attcollation <> 0 then cn.nspname || '.' || co.collname end as collation, p.colocationid
      from pg_catalog.pg_dist_partition p
      join pg_catalog.pg_class c on c.oid = p.logicalrelid and not c.relispartition
      join pg_catalog.pg_namespace ns on ns.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid
       and a.attname = pg_catalog.column_to_column_name(p.logicalrelid, p.partkey::text)
      left join pg_catalog.pg_collation co on co.oid = a.attcollation
      left join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
     where p.partmethod = 'h' order by p.colocationid, 2`,
  values: () => [],
  row: z.object({
    oid: int8,
    name: z.string(),
    quoted_name: z.string(),
    column_name: z.string(),
    plain_type: z.string(),
    collation: z.string().nullable(),
    colocationid: z.int(),
  }),
});

/** Tables tied to each other by foreign keys, as pairs: undistributing one with its ties takes all it is connected with. */
export const listTies = statement({
  name: "tables.listTies",
  access: "read",
  fanOut: "none",
  text: sql`
    select distinct k.conrelid::int8 as one, k.confrelid::int8 as other
      from pg_catalog.pg_constraint k where k.contype = 'f' and k.conparentid = 0 and k.conrelid <> k.confrelid`,
  values: () => [],
  row: z.object({ one: int8, other: int8 }),
});

/**
 * Bytes that Citus tables have on the coordinator itself: rows from before they were distributed. A table under an
 * exclusive lock is left out, because measuring would wait for the lock.
 */
export const listLeftovers = statement({
  name: "tables.listLeftovers",
  access: "read",
  fanOut: "none",
  text: sql`
    select c.oid::int8 as oid, pg_relation_size(c.oid) as bytes
      from pg_catalog.pg_dist_partition p
      join pg_catalog.pg_class c on c.oid = p.logicalrelid and c.relkind = 'r'
     where not exists (select from pg_catalog.pg_locks l where l.relation = c.oid and l.mode = 'AccessExclusiveLock' and l.granted)`,
  values: () => [],
  row: z.object({ oid: int8, bytes: int8 }),
});

/** Free bytes of the coordinator's data folder: what undistributing brings back must fit there. */
export const readCoordinatorDisk = statement({
  name: "tables.readCoordinatorDisk",
  access: "read",
  fanOut: "none",
  text: sql`select available_disk_size as free_bytes from pg_catalog.citus_local_disk_space_stats()`,
  values: () => [],
  row: z.object({ free_bytes: int8 }),
});

/** Whether a node answers at all. Every change of a table's kind needs all of them. */
export const isThere = nodeQuestion({
  name: "tables.isThere",
  text: sql`select 'true' as answer`,
  answer: z.literal(true),
});

/**
 * Estimated rows of a node's own shards, per table: reltuples of each shard, and how many were never analysed. By name, not
 * by oid: a table's oid differs from node to node.
 */
export const ownShardRows = nodeQuestion({
  name: "tables.ownShardRows",
  text: sql`
    select coalesce(json_agg(json_build_array(t.nspname, t.relname, t.rows, t.unknown)), '[]')::text as answer
      from (select ns.nspname, c.relname, coalesce(sum(r.reltuples) filter (where r.reltuples >= 0), 0)::int8 as rows,
                   count(*) filter (where r.reltuples is null or r.reltuples < 0) as unknown
              from pg_catalog.pg_dist_local_group g
              join pg_catalog.pg_dist_placement p on p.groupid = g.groupid
              join pg_catalog.pg_dist_shard s on s.shardid = p.shardid
              join pg_catalog.pg_class c on c.oid = s.logicalrelid and c.relkind = 'r'
              join pg_catalog.pg_namespace ns on ns.oid = c.relnamespace
              left join pg_catalog.pg_class r on r.relnamespace = c.relnamespace
               and r.relname = (select part[array_upper(part, 1)]
                                  from parse_ident(pg_catalog.shard_name(s.logicalrelid, s.shardid)) part)
             group by ns.nspname, c.relname) t`,
  answer: z.array(z.tuple([z.string(), z.string(), z.number(), z.number()])),
});

/** Whether any row has NULL in a column: one such row stops the copy into shards (22004). Reads the table until it finds one. */
export function findNull(schema: string, table: string, column: string): Statement<void, { found: boolean }> {
  return statement({
    name: "tables.findNull",
    access: "ops",
    fanOut: "none",
    text: sql`select exists (select from ${identifier(schema)}.${identifier(table)} where ${identifier(column)} is null) as found`,
    values: () => [],
    row: z.object({ found: z.boolean() }),
  });
}
