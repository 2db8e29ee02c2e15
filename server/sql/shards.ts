import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

/**
 * The table's distribution column with its type. One row only for a hash-distributed table: in the others a value does
 * not lead to a shard.
 */
export const distributionOf = statement({
  name: "shards.distributionOf",
  access: "read",
  fanOut: "none",
  text: sql`
    select ns.nspname as schema, c.relname as name, a.attname as column, format_type(a.atttypid, a.atttypmod) as column_type
      from pg_catalog.pg_dist_partition p
      join pg_catalog.pg_class c on c.oid = p.logicalrelid
      join pg_catalog.pg_namespace ns on ns.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid
       and a.attname = pg_catalog.column_to_column_name(p.logicalrelid, p.partkey::text)
     where p.partmethod = 'h' and c.oid = $1::int8::oid`,
  values: ({ tableOid }: { tableOid: number }) => [tableOid],
  row: z.object({ schema: z.string(), name: z.string(), column: z.string(), column_type: z.string() }),
});

/**
 * The shard in which a value of the distribution column lies; the row need not exist. The value is bound as text and Citus
 * reads it with the column's own input function, so whatever that refuses comes as SQLSTATE class 22.
 *
 * As `ops`: Citus asks for SELECT on the table, which a login with only pg_monitor does not have.
 */
export const findKey = statement({
  name: "shards.findKey",
  access: "ops",
  fanOut: "none",
  text: sql`select pg_catalog.get_shard_id_for_distribution_column($1::int8::oid::regclass, $2::text) as shard_id`,
  values: ({ tableOid, value }: { tableOid: number; value: string }) => [tableOid, value],
  row: z.object({ shard_id: int8.nullable() }),
});

/** Range and placements of one shard, as the catalogs say now. */
export const placementsOf = statement({
  name: "shards.placementsOf",
  access: "read",
  fanOut: "none",
  text: sql`
    select s.shardminvalue::int4 as min, s.shardmaxvalue::int4 as max,
           coalesce((select array_agg(p.groupid order by p.groupid) from pg_catalog.pg_dist_placement p where p.shardid = s.shardid),
                    '{}') as group_ids
      from pg_catalog.pg_dist_shard s where s.shardid = $1::int8`,
  values: ({ shardId }: { shardId: number }) => [shardId],
  row: z.object({ min: z.int(), max: z.int(), group_ids: z.array(z.int()) }),
});

/**
 * The shards of one table, or of one node, with the sizes that Citus measures now.
 *
 * Never polled: the view measures every shard of the cluster and filters afterwards (16.7 s at 101,250 shards), whatever is
 * asked. Only primaries are joined, because the view lists a shard once for each node of its group.
 */
export const exactShards = statement({
  name: "shards.exact",
  access: "read",
  fanOut: "all-nodes",
  text: sql`
    select s.shardid, s.table_name::oid::int8 as table_oid, n.groupid, s.shard_name::text as name, s.shard_size as bytes
      from pg_catalog.citus_shards s
      join pg_catalog.pg_dist_node n on n.nodename = s.nodename and n.nodeport = s.nodeport
     where n.noderole = 'primary'
       and ($1::int8 is null or s.table_name::oid = $1::int8::oid)
       and ($2::int4 is null or n.nodeid = $2::int4)
     order by s.shardid, n.groupid`,
  values: ({ tableOid, nodeId }: { tableOid: number | null; nodeId: number | null }) => [tableOid, nodeId],
  row: z.object({
    shardid: int8,
    table_oid: int8,
    groupid: z.int(),
    name: z.string(),
    bytes: int8.nullable(),
  }),
});
