import "server-only";
import { z } from "zod";
import { citusKindSchema, tableFactsSchema } from "@/lib/domain/table-facts";
import { int8 } from "@/server/pg/columns";
import { type SqlText, sql, statement } from "@/server/pg/sql";
import { CITUS_KIND, nameOf, TREE } from "./table-parts";

const relationRow = z.object({
  oid: int8,
  schema: z.string(),
  name: z.string(),
  quoted_name: z.string(),
  owner: z.string(),
  relation_kind: tableFactsSchema.shape.relationKind,
  citus_kind: citusKindSchema,
  is_temporary: z.boolean(),
  is_unlogged: z.boolean(),
  is_system: z.boolean(),
  extension: z.string().nullable(),
  is_owned: z.boolean(),
  parent: tableFactsSchema.shape.parent,
  has_inheritors: z.boolean(),
  has_row_security: z.boolean(),
});
export type RelationRow = z.infer<typeof relationRow>;

/** $1 is the login that makes changes: it must have the rights of the owner. */
const RELATION: SqlText = sql`
    select c.oid::int8 as oid, ns.nspname as schema, c.relname as name, format('%I.%I', ns.nspname, c.relname) as quoted_name,
           pg_get_userbyid(c.relowner)::text as owner,
           case c.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'f' then 'foreign table'
                          when 'v' then 'view' when 'm' then 'materialized view' else 'other' end as relation_kind,
           ${CITUS_KIND} as citus_kind,
           c.relpersistence = 't' as is_temporary, c.relpersistence = 'u' as is_unlogged,
           ns.nspname in ('pg_catalog', 'information_schema', 'pg_toast') as is_system,
           (select e.extname::text from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
             where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e' limit 1) as extension,
           pg_has_role($1::name, c.relowner, 'USAGE') as is_owned,
           (select json_build_object('name', ${nameOf(sql`pc`, sql`pn`)}, 'isPartitioned', pc.relkind = 'p')
              from pg_catalog.pg_inherits h
              join pg_catalog.pg_class pc on pc.oid = h.inhparent
              join pg_catalog.pg_namespace pn on pn.oid = pc.relnamespace
             where h.inhrelid = c.oid limit 1) as parent,
           c.relkind <> 'p' and exists (select from pg_catalog.pg_inherits h where h.inhparent = c.oid) as has_inheritors,
           c.relrowsecurity as has_row_security
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace ns on ns.oid = c.relnamespace
      left join pg_catalog.pg_dist_partition p on p.logicalrelid = c.oid`;

/** The relations with these oids, of whatever kind: what a preflight was asked about may have become anything since. */
export const listRelations = statement({
  name: "tables.listRelations",
  access: "read",
  fanOut: "none",
  text: sql`${RELATION} where c.oid = any($2::oid[])`,
  values: ({ login, oids }: { login: string; oids: readonly number[] }) => [login, oids],
  row: relationRow,
});

/**
 * Tables that the coordinator keeps to itself. Neither the system's, nor an extension's, nor partitions, nor the shards that
 * the coordinator holds as a node of its own: those are hidden from most sessions, but a setting can show them.
 */
export const listPlainTables = statement({
  name: "tables.listPlain",
  access: "read",
  fanOut: "none",
  text: sql`
    with own_shard as materialized (
      select l.relnamespace, part[array_upper(part, 1)] as relname
        from pg_catalog.pg_dist_placement h
        join pg_catalog.pg_dist_shard s on s.shardid = h.shardid
        join pg_catalog.pg_class l on l.oid = s.logicalrelid
       cross join parse_ident(pg_catalog.shard_name(s.logicalrelid, s.shardid)) part
       where h.groupid = 0
    )
    ${RELATION}
     where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't' and p.logicalrelid is null
       and ns.nspname <> 'information_schema' and ns.nspname !~ '^pg_'
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
       and not exists (select from own_shard o where o.relnamespace = c.relnamespace and o.relname = c.relname)
     order by ns.nspname, c.relname`,
  values: ({ login }: { login: string }) => [login],
  row: relationRow,
});

/**
 * Size on the coordinator, estimated rows, and partitions. A relation under an exclusive lock is not measured: measuring
 * would wait for that lock, and the answer about all the others would be lost with it.
 */
export const measureRelations = statement({
  name: "tables.measure",
  access: "read",
  fanOut: "none",
  text: sql`
    with recursive ${TREE},
    locked as materialized (
      select l.relation from pg_catalog.pg_locks l
       where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.granted
         and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
    ),
    member as (
      select t.root, c.oid, c.relkind, c.reltuples, ${nameOf(sql`c`, sql`ns`)} as name,
             case when c.relkind = 'p' then 0
                  when not exists (select from locked l where l.relation in (c.oid, c.reltoastrelid)
                                      or l.relation in (select i.indexrelid from pg_catalog.pg_index i where i.indrelid = c.oid))
                  then pg_total_relation_size(c.oid) end as bytes
        from tree t join pg_catalog.pg_class c on c.oid = t.oid join pg_catalog.pg_namespace ns on ns.oid = c.relnamespace
    )
    select root::int8 as oid, count(*)::int - 1 as partitions,
           case when bool_and(bytes is not null) then sum(bytes)::int8 end as bytes,
           case when bool_and(relkind = 'p' or reltuples >= 0) then coalesce(sum(reltuples) filter (where relkind <> 'p'), 0)::int8 end as rows,
           min(name) filter (where relkind = 'p' and oid <> root) as sub_partitioned,
           min(name) filter (where relkind = 'f' and oid <> root) as foreign_partition
      from member group by root`,
  values: ({ oids }: { oids: readonly number[] }) => [oids],
  row: z.object({
    oid: int8,
    partitions: z.int(),
    bytes: int8.nullable(),
    rows: int8.nullable(),
    sub_partitioned: z.string().nullable(),
    foreign_partition: z.string().nullable(),
  }),
});
