import "server-only";
import { z } from "zod";
import { int8, numbers } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

/**
 * Every table that Citus knows. `citus_tables` is not read: its schema varies between versions, and it loses tables whose
 * workers are down. Replica identity decides whether logical replication may move the table's shards; partitioned
 * parents hold no rows and are exempt from that rule.
 */
export const listTables = statement({
  name: "topology.listTables",
  access: "read",
  fanOut: "none",
  text: sql`
    select c.oid::int8 as oid, ns.nspname as schema, c.relname as name, p.partmethod::text as partmethod, p.repmodel::text as repmodel,
           p.colocationid, pg_get_userbyid(c.relowner)::text as owner, am.amname as access_method,
           case when p.partkey is not null then pg_catalog.column_to_column_name(p.logicalrelid, p.partkey::text) end as distribution_column,
           case when c.relreplident = 'f' then 'full'
                when c.relreplident = 'i' then 'index'
                when c.relreplident = 'd' and exists (select from pg_catalog.pg_index i where i.indrelid = c.oid and i.indisprimary) then 'primary-key'
                else 'none' end as replica_identity,
           c.relkind = 'p' as is_partitioned,
           (select h.inhparent::oid::int8 from pg_catalog.pg_inherits h where h.inhrelid = c.oid and c.relispartition limit 1) as partition_of
      from pg_catalog.pg_dist_partition p
      join pg_catalog.pg_class c on c.oid = p.logicalrelid
      join pg_catalog.pg_namespace ns on ns.oid = c.relnamespace
      left join pg_catalog.pg_am am on am.oid = c.relam
     where not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     order by ns.nspname, c.relname`,
  values: () => [],
  row: z.object({
    oid: int8,
    schema: z.string(),
    name: z.string(),
    partmethod: z.string(),
    repmodel: z.string(),
    colocationid: z.int(),
    owner: z.string(),
    access_method: z.string().nullable(),
    distribution_column: z.string().nullable(),
    replica_identity: z.enum(["primary-key", "index", "full", "none"]),
    is_partitioned: z.boolean(),
    partition_of: int8.nullable(),
  }),
});

/** Colocation groups: the unit in which Citus moves shards. A type of 0 is the group of reference tables. */
export const listColocationGroups = statement({
  name: "topology.listColocationGroups",
  access: "read",
  fanOut: "none",
  text: sql`
    select colocationid, shardcount, replicationfactor,
           case when distributioncolumntype <> 0 then format_type(distributioncolumntype, null) end as column_type
      from pg_catalog.pg_dist_colocation order by colocationid`,
  values: () => [],
  row: z.object({
    colocationid: z.int(),
    shardcount: z.int(),
    replicationfactor: z.int(),
    column_type: z.string().nullable(),
  }),
});

/** Colocation groups that belong to a distributed schema (Citus 12.0 and newer; the relation is missing before). */
export const listSchemaGroups = statement({
  name: "topology.listSchemaGroups",
  access: "read",
  fanOut: "none",
  text: sql`select colocationid from pg_catalog.pg_dist_schema`,
  values: () => [],
  row: z.object({ colocationid: z.int() }),
});

/**
 * One number of all placements: it differs when one of them was added, taken away or put elsewhere. Plain arithmetic, because the console
 * does the same (server/topology/placed-since).
 */
const SUM = sql`(
    select coalesce(pg_catalog.sum((shardid % 1000003) * ((groupid % 1009) + 17) + 1), 0)::text from pg_catalog.pg_dist_placement)`;

/**
 * Every shard, and every placement with its node group, each as a few long texts of numbers: a hundred thousand rows would be as many
 * objects here. From the catalogs alone: `citus_shards` asks every worker for sizes, takes 16.7 s at 101,250 shards, and lists each
 * shard once per secondary as well. An empty number is no hash range. Placements in the order in which Citus' rebalancer takes them.
 */
export const readShards = statement({
  name: "topology.readShards",
  access: "read",
  fanOut: "none",
  text: sql`
    select coalesce(shard.ids, '') as ids, coalesce(shard.table_oids, '') as table_oids, coalesce(shard.mins, '') as mins,
           coalesce(shard.maxs, '') as maxs, coalesce(placement.ids, '') as placed_ids, coalesce(placement.group_ids, '') as group_ids,
           ${SUM} as sum
      from (select string_agg(s.id::text, ',') as ids, string_agg(s.table_oid::text, ',') as table_oids,
                   string_agg(s.min, ',') as mins, string_agg(s.max, ',') as maxs
              from (select d.shardid as id, d.logicalrelid::oid as table_oid,
                           case when t.partmethod = 'h' and d.shardmaxvalue is not null then coalesce(d.shardminvalue, '') else '' end as min,
                           case when t.partmethod = 'h' and d.shardminvalue is not null then coalesce(d.shardmaxvalue, '') else '' end as max
                      from pg_catalog.pg_dist_shard d
                      join pg_catalog.pg_dist_partition t on t.logicalrelid = d.logicalrelid
                     order by d.shardid) s) shard,
           (select string_agg(p.shardid::text, ',') as ids, string_agg(p.groupid::text, ',') as group_ids
              from (select shardid, groupid from pg_catalog.pg_dist_placement order by shardid, placementid) p) placement`,
  values: () => [],
  row: z.object({
    ids: numbers,
    table_oids: numbers,
    mins: numbers,
    maxs: numbers,
    placed_ids: numbers,
    group_ids: numbers,
    sum: z.coerce.number(),
  }),
});

/**
 * The shards that have a placement newer than one that is known, each with all of its placements, and what tells whether the rest is as it
 * was: a move of Citus makes a new placement, and a hundred thousand that stayed are not read for it.
 */
export const readPlacedSince = statement({
  name: "topology.readPlacedSince",
  access: "read",
  fanOut: "none",
  text: sql`
    select coalesce(string_agg(p.shardid::text, ',' order by p.shardid, p.placementid), '') as ids,
           coalesce(string_agg(p.groupid::text, ',' order by p.shardid, p.placementid), '') as group_ids,
           ${SUM} as sum
      from pg_catalog.pg_dist_placement p
     where p.shardid in (select n.shardid from pg_catalog.pg_dist_placement n where n.placementid > $1::int8)`,
  values: ({ newest }: { newest: string }) => [newest],
  row: z.object({ ids: numbers, group_ids: numbers, sum: z.coerce.number() }),
});

/**
 * What tells in no time that the catalogs are as they were. Two equal snapshots of the same server mean that no transaction has ended
 * between them. A move, a copy and a new table make new placements.
 */
export const lookAtCatalogs = statement({
  name: "topology.lookAtCatalogs",
  access: "read",
  fanOut: "none",
  text: sql`
    select pg_catalog.pg_current_snapshot()::text as snapshot, pg_catalog.pg_postmaster_start_time()::text as server_start,
           (select max(placementid) from pg_catalog.pg_dist_placement)::text as newest_placement`,
  values: () => [],
  row: z.object({ snapshot: z.string(), server_start: z.string(), newest_placement: z.string().nullable() }),
});

/** The sum alone: what is asked while it may be that nothing has changed. */
export const sumPlacements = statement({
  name: "topology.sumPlacements",
  access: "read",
  fanOut: "none",
  text: sql`select ${SUM} as sum`,
  values: () => [],
  row: z.object({ sum: z.coerce.number() }),
});
