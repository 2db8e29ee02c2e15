import "server-only";
import { z } from "zod";
import { foreignKeySchema, tableKeySchema } from "@/lib/domain/table-facts";
import { int8 } from "@/server/pg/columns";
import { type SqlText, sql, statement } from "@/server/pg/sql";
import { CITUS_KIND, columnNames, nameOf, TREE } from "./table-parts";

/**
 * Everything that keeps rows unique, in relations $1 and their partitions: constraints and plain unique indexes alike, since
 * Citus refuses both. A column covers a key only if the key compares it for equality. An index that a partition has from its parent is the parent's.
 */
export const listKeys = statement({
  name: "tables.listKeys",
  access: "read",
  fanOut: "none",
  text: sql`
    with recursive ${TREE}
    select t.root::int8 as oid, x.relname as name,
           case when i.indisprimary then 'primary' when i.indisexclusion then 'exclusion' else 'unique' end as kind,
           (select json_agg(coalesce(a.attname, '(expression)') order by n.place)
              from unnest(i.indkey::int2[]) with ordinality n(attnum, place)
              left join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = n.attnum and n.attnum <> 0
             where n.place <= i.indnkeyatts) as columns,
           (select coalesce(json_agg(a.attname), '[]')
              from unnest(i.indkey::int2[]) with ordinality n(attnum, place)
              join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = n.attnum
             where n.place <= i.indnkeyatts
               and (not i.indisexclusion
                    or exists (select from pg_catalog.pg_amop o join pg_catalog.pg_am m on m.oid = o.amopmethod and m.amname = 'btree'
                                where o.amopopr = k.conexclop[n.place] and o.amopstrategy = 3))) as covers,
           (select coalesce(json_agg(a.attname order by n.place), '[]')
              from unnest(i.indkey::int2[]) with ordinality n(attnum, place)
              join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = n.attnum
             where n.place > i.indnkeyatts) as includes
      from tree t
      join pg_catalog.pg_index i on i.indrelid = t.oid and (i.indisunique or i.indisexclusion)
      join pg_catalog.pg_class x on x.oid = i.indexrelid
      left join pg_catalog.pg_constraint k on k.conindid = i.indexrelid and k.conrelid = i.indrelid and k.contype in ('p', 'u', 'x')
     where not exists (select from pg_catalog.pg_inherits h where h.inhrelid = i.indexrelid)
     order by t.root, i.indisprimary desc, x.relname`,
  values: ({ oids }: { oids: readonly number[] }) => [oids],
  row: tableKeySchema.extend({ oid: int8 }),
});

function action(code: SqlText): SqlText {
  return sql`
    case ${code} when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' when 'd' then 'set default'
                 else 'no action' end`;
}

/** `near` and `far`: which columns of pg_constraint are this table's, and which the other's. */
function foreignKeys(near: SqlText, nearKey: SqlText, far: SqlText, farKey: SqlText): SqlText {
  return sql`
    select t.root::int8 as oid, k.conname as name, o.oid::int8 as other_oid, ${nameOf(sql`o`, sql`ns`)} as other_name,
           ${CITUS_KIND} as other_kind, coalesce(p.colocationid, 0) as other_colocation_id,
           case when p.partkey is not null then pg_catalog.column_to_column_name(p.logicalrelid, p.partkey::text) end as other_column,
           ${columnNames(near, nearKey)} as columns, ${columnNames(far, farKey)} as other_columns,
           ${action(sql`k.confdeltype`)} as on_delete, ${action(sql`k.confupdtype`)} as on_update
      from tree t
      join pg_catalog.pg_constraint k on ${near} = t.oid and k.contype = 'f' and k.conparentid = 0
      join pg_catalog.pg_class o on o.oid = ${far}
      join pg_catalog.pg_namespace ns on ns.oid = o.relnamespace
      left join pg_catalog.pg_dist_partition p on p.logicalrelid = o.oid`;
}

const OUTGOING = foreignKeys(sql`k.conrelid`, sql`k.conkey`, sql`k.confrelid`, sql`k.confkey`);
const INCOMING = foreignKeys(sql`k.confrelid`, sql`k.confkey`, sql`k.conrelid`, sql`k.conkey`);

/** Foreign keys from relations $1 and their partitions, and to them, each with what the table at its far end is to Citus. */
export const listForeignKeys = statement({
  name: "tables.listForeignKeys",
  access: "read",
  fanOut: "none",
  text: sql`
    with recursive ${TREE}
    select true as is_outgoing, f.* from (${OUTGOING}) f
    union all
    select false, f.* from (${INCOMING}) f where f.other_oid <> f.oid
     order by oid, name`,
  values: ({ oids }: { oids: readonly number[] }) => [oids],
  row: z
    .object({
      is_outgoing: z.boolean(),
      oid: int8,
      name: z.string(),
      other_oid: int8,
      other_name: z.string(),
      other_kind: z.string(),
      other_colocation_id: z.int(),
      other_column: z.string().nullable(),
      columns: z.array(z.string()),
      other_columns: z.array(z.string()),
      on_delete: z.string(),
      on_update: z.string(),
    })
    .transform((row) => ({
      oid: row.oid,
      isOutgoing: row.is_outgoing,
      foreignKey: foreignKeySchema.parse({
        name: row.name,
        columns: row.columns,
        otherOid: row.other_oid,
        otherName: row.other_name,
        otherKind: row.other_kind,
        otherColocationId: row.other_colocation_id,
        otherDistributionColumn: row.other_column,
        otherColumns: row.other_columns,
        onDelete: row.on_delete,
        onUpdate: row.on_update,
      }),
    })),
});

/** Triggers of relations $1 and their partitions, policies whose condition holds a subquery, and views that read them. */
export const listAttachments = statement({
  name: "tables.listAttachments",
  access: "read",
  fanOut: "none",
  text: sql`
    with recursive ${TREE}
    select distinct 'trigger' as sort, t.root::int8 as oid, g.tgname::text as name
      from tree t join pg_catalog.pg_trigger g on g.tgrelid = t.oid and not g.tgisinternal and g.tgparentid = 0
    union
    select 'policy', t.root::int8, y.polname::text
      from tree t join pg_catalog.pg_policy y on y.polrelid = t.oid
     where concat(y.polqual::text, y.polwithcheck::text) like '%{SUBLINK%'
    union
    select 'view', t.root::int8, ${nameOf(sql`v`, sql`vn`)}
      from tree t
      join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = t.oid
       and d.classid = 'pg_catalog.pg_rewrite'::regclass
      join pg_catalog.pg_rewrite r on r.oid = d.objid
      join pg_catalog.pg_class v on v.oid = r.ev_class and v.relkind in ('v', 'm')
      join pg_catalog.pg_namespace vn on vn.oid = v.relnamespace
     order by 1, 2, 3`,
  values: ({ oids }: { oids: readonly number[] }) => [oids],
  row: z.object({ sort: z.enum(["trigger", "policy", "view"]), oid: int8, name: z.string() }),
});
