import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

const names = z.array(z.string());

/**
 * Who this login is at this server, and which of the rights that are asked about it lacks. A role that is not there at all is
 * lacked as well; a function that this version does not have is not.
 */
export const ownRights = statement({
  name: "grants.own",
  access: "read",
  fanOut: "none",
  text: sql`
    select current_user::text as login,
           (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user) as is_superuser,
           current_setting('server_version') as postgres_version,
           current_setting('server_version_num')::int as postgres_number,
           (select e.extversion from pg_catalog.pg_extension e where e.extname = 'citus') as citus_version,
           (select s.version from pg_catalog.pg_stat_ssl s where s.pid = pg_catalog.pg_backend_pid() and s.ssl) as tls,
           array(select m from unnest($1::text[]) m
                  where not coalesce((select pg_catalog.pg_has_role(r.oid, 'usage') from pg_catalog.pg_roles r where r.rolname = m), false)) as memberships,
           array(select p.oid::regprocedure::text from pg_catalog.pg_proc p
                  where p.pronamespace = 'pg_catalog'::regnamespace and p.proname = any ($2::text[])
                    and not pg_catalog.has_function_privilege(p.oid, 'execute') order by 1) as functions,
           array(select n.nspname::text from pg_catalog.pg_namespace n
                  where exists (select from pg_catalog.pg_class c join pg_catalog.pg_dist_partition d on d.logicalrelid = c.oid
                                 where c.relnamespace = n.oid)
                    and not pg_catalog.has_schema_privilege(n.oid, 'usage') order by 1) as schemas,
           array(select w from unnest($3::text[]) w
                  where not coalesce(pg_catalog.has_table_privilege(to_regclass(split_part(w, ' ', 2))::oid, split_part(w, ' ', 1)), true)) as tables`,
  values: (asked: { memberships: readonly string[]; functions: readonly string[]; tables: readonly string[] }) => [
    asked.memberships,
    asked.functions,
    asked.tables,
  ],
  row: z.object({
    login: z.string(),
    is_superuser: z.boolean(),
    postgres_version: z.string(),
    postgres_number: z.int(),
    citus_version: z.string().nullable(),
    tls: z.string().nullable(),
    memberships: names,
    functions: names,
    schemas: names,
    tables: names,
  }),
});

/** Settings that the login may not change for the server. Asked apart: the function came with PostgreSQL 15. */
export const ownSettings = statement({
  name: "grants.ownSettings",
  access: "read",
  fanOut: "none",
  text: sql`
    select s.name from pg_catalog.pg_settings s
     where s.name = any ($1::text[]) and not pg_catalog.has_parameter_privilege(s.name, 'alter system') order by 1`,
  values: ({ settings }: { settings: readonly string[] }) => [settings],
  row: z.object({ name: z.string() }),
});

/** Whose the tables are: moving and distributing them is for members of these roles, and Citus connects to workers as them. */
export const tableOwners = statement({
  name: "grants.tableOwners",
  access: "read",
  fanOut: "none",
  text: sql`
    select r.rolname::text as owner, r.rolsuper as is_superuser, r.rolcanlogin as may_log_in, count(*) as tables
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_roles r on r.oid = c.relowner
     where c.relkind in ('r', 'p') and n.nspname !~ '^pg_'
       and n.nspname not in ('information_schema', 'citus', 'citus_internal', 'columnar')
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by r.rolname, r.rolsuper, r.rolcanlogin
     order by r.rolname`,
  values: () => [],
  row: z.object({ owner: z.string(), is_superuser: z.boolean(), may_log_in: z.boolean(), tables: int8 }),
});
