import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
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
 * Every shard with the node groups that hold a placement of it. From the catalogs alone: `citus_shards` asks every worker
 * for sizes, takes 16.7 s at 101,250 shards, and lists each shard once per secondary as well.
 */
export const listShards = statement({
  name: "topology.listShards",
  access: "read",
  fanOut: "none",
  text: sql`
    select s.shardid, s.logicalrelid::oid::int8 as table_oid,
           case when t.partmethod = 'h' then s.shardminvalue::int4 end as min,
           case when t.partmethod = 'h' then s.shardmaxvalue::int4 end as max,
           coalesce((select array_agg(p.groupid order by p.groupid) from pg_catalog.pg_dist_placement p where p.shardid = s.shardid),
                    '{}') as group_ids
      from pg_catalog.pg_dist_shard s
      join pg_catalog.pg_dist_partition t on t.logicalrelid = s.logicalrelid
     order by s.shardid`,
  values: () => [],
  row: z.object({
    shardid: int8,
    table_oid: int8,
    min: z.int().nullable(),
    max: z.int().nullable(),
    group_ids: z.array(z.int()),
  }),
});
