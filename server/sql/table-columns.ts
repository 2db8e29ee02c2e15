import "server-only";
import { z } from "zod";
import { tableColumnSchema } from "@/lib/domain/table-facts";
import { int8 } from "@/server/pg/columns";
import { type SqlText, sql, statement } from "@/server/pg/sql";
import { nameOf } from "./table-parts";

/** Type `t` has a default operator class of this access method: its own, a binary-compatible type's, or the one for its sort of type. */
function hasOperatorClass(accessMethod: SqlText): SqlText {
  return sql`
    exists (select from pg_catalog.pg_opclass c join pg_catalog.pg_am m on m.oid = c.opcmethod and m.amname = ${accessMethod}
             where c.opcdefault
               and (c.opcintype = t.oid
                    or (t.typcategory = 'A' and t.typelem <> 0 and c.opcintype = 'anyarray'::regtype)
                    or (t.typtype = 'e' and c.opcintype = 'anyenum'::regtype)
                    or (t.typtype = 'r' and c.opcintype = 'anyrange'::regtype)
                    or (t.typtype = 'm' and c.opcintype::regtype::text = 'anymultirange')
                    or (t.typtype = 'c' and c.opcintype = 'record'::regtype)
                    or exists (select from pg_catalog.pg_cast s where s.castsource = t.oid and s.casttarget = c.opcintype
                                  and s.castmethod = 'b' and s.castcontext = 'i')))`;
}

/**
 * The columns of relations $1, with what decides whether they may distribute.
 *
 * Types are taken apart (array, range, domain, composite), because Citus looks at the outside only: it takes json[], or a
 * row type with a json in it, as distribution column, and the first value it then hashes ends the server process. A btree
 * class is needed as well: without one (xid) Citus fails on its catalog look-up.
 */
export const listColumns = statement({
  name: "tables.listColumns",
  access: "read",
  fanOut: "none",
  text: sql`
    with recursive attribute as materialized (
      select a.* from pg_catalog.pg_attribute a where a.attrelid = any($1::oid[]) and a.attnum > 0 and not a.attisdropped
    ),
    part(root, oid) as (
      select distinct atttypid, atttypid from attribute
      union
      select p.root, inside.oid
        from part p
        join pg_catalog.pg_type t on t.oid = p.oid
       cross join lateral (
         select t.typelem as oid where t.typcategory = 'A' and t.typelem <> 0
         union all select t.typbasetype where t.typtype = 'd'
         union all select g.rngsubtype from pg_catalog.pg_range g where g.rngtypid = t.oid
         union all select b.atttypid from pg_catalog.pg_attribute b
                    where t.typtype = 'c' and b.attrelid = t.typrelid and b.attnum > 0 and not b.attisdropped
       ) inside
    ),
    unhashable as materialized (
      select distinct p.root from part p join pg_catalog.pg_type t on t.oid = p.oid
       where t.typtype <> 'd' and not (${hasOperatorClass(sql`'hash'`)} and ${hasOperatorClass(sql`'btree'`)})
    ),
    sequence_use as materialized (
      select d.refobjid as sequence, f.adrelid, f.adnum, x.atttypid, x.attname
        from pg_catalog.pg_depend d
        join pg_catalog.pg_class q on q.oid = d.refobjid and q.relkind = 'S'
        join pg_catalog.pg_attrdef f on f.oid = d.objid
        join pg_catalog.pg_attribute x on x.attrelid = f.adrelid and x.attnum = f.adnum
       where d.classid = 'pg_catalog.pg_attrdef'::regclass and d.refclassid = 'pg_catalog.pg_class'::regclass
    )
    select a.attrelid::int8 as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
           format_type(a.atttypid, null) as plain_type, a.attnotnull as is_not_null, a.attgenerated <> '' as is_generated,
           a.attidentity <> '' as is_identity, not exists (select from unhashable u where u.root = a.atttypid) as is_hashable,
           a.atttypid = 'numeric'::regtype and a.atttypmod >= 0 and ((a.atttypmod - 4) & 1024) <> 0 as has_negative_scale,
           case when a.attcollation <> 0 then cn.nspname || '.' || co.collname end as collation,
           coalesce(co.collisdeterministic, true) as is_deterministic,
           (select count(distinct u.sequence)::int from sequence_use u where u.adrelid = a.attrelid and u.adnum = a.attnum) as sequence_count,
           (select ${nameOf(sql`x`, sql`xn`)} || '.' || other.attname
              from sequence_use u
              join sequence_use other on other.sequence = u.sequence and other.adrelid <> u.adrelid and other.atttypid <> u.atttypid
              join pg_catalog.pg_dist_partition p on p.logicalrelid = other.adrelid
              join pg_catalog.pg_class x on x.oid = other.adrelid
              join pg_catalog.pg_namespace xn on xn.oid = x.relnamespace
             where u.adrelid = a.attrelid and u.adnum = a.attnum limit 1) as sequence_clash
      from attribute a
      left join pg_catalog.pg_collation co on co.oid = a.attcollation
      left join pg_catalog.pg_namespace cn on cn.oid = co.collnamespace
     order by a.attrelid, a.attnum`,
  values: ({ oids }: { oids: readonly number[] }) => [oids],
  row: z
    .object({
      oid: int8,
      name: z.string(),
      type: z.string(),
      plain_type: z.string(),
      is_not_null: z.boolean(),
      is_generated: z.boolean(),
      is_identity: z.boolean(),
      is_hashable: z.boolean(),
      has_negative_scale: z.boolean(),
      collation: z.string().nullable(),
      is_deterministic: z.boolean(),
      sequence_count: z.int(),
      sequence_clash: z.string().nullable(),
    })
    .transform(({ oid, ...row }) => ({
      oid,
      column: tableColumnSchema.parse({
        name: row.name,
        type: row.type,
        plainType: row.plain_type,
        isNotNull: row.is_not_null,
        isGenerated: row.is_generated,
        isIdentity: row.is_identity,
        isHashable: row.is_hashable,
        hasNegativeScale: row.has_negative_scale,
        collation: row.collation,
        isDeterministic: row.is_deterministic,
        sequenceCount: row.sequence_count,
        sequenceClash: row.sequence_clash,
      }),
    })),
});
