import "server-only";
import { type SqlText, sql } from "@/server/pg/sql";

/**
 * `tree`: the relations $1 with their partitions, each under the relation it was asked for as `root`. What a partition has
 * of its own stands against distributing its parent as well.
 */
export const TREE: SqlText = sql`
  tree(root, oid) as (
    select wanted, wanted from unnest($1::oid[]) wanted
    union all
    select t.root, h.inhrelid
      from tree t
      join pg_catalog.pg_inherits h on h.inhparent = t.oid
      join pg_catalog.pg_class c on c.oid = h.inhrelid and c.relispartition
  )`;

/** What a table is to Citus, from a left join to pg_dist_partition as `p`. A table of a distributed schema reads as single-shard here. */
export const CITUS_KIND: SqlText = sql`
  case when p.logicalrelid is null then 'plain'
       when p.partmethod <> 'n' then 'distributed'
       when p.repmodel = 't' then 'reference'
       when p.colocationid = 0 then 'local'
       else 'single-shard' end`;

/** "public.orders", of a pg_class and its pg_namespace. */
export function nameOf(relation: SqlText, namespace: SqlText): SqlText {
  return sql`${namespace}.nspname || '.' || ${relation}.relname`;
}

/** Names of a relation's columns as JSON, in the order of an array of their numbers. */
export function columnNames(relation: SqlText, numbers: SqlText): SqlText {
  return sql`
    (select json_agg(a.attname order by n.place)
       from unnest(${numbers}) with ordinality n(attnum, place)
       join pg_catalog.pg_attribute a on a.attrelid = ${relation} and a.attnum = n.attnum)`;
}
