import "server-only";
import { z } from "zod";
import { sql, statement } from "@/server/pg/sql";

/**
 * Which of the named objects of pg_catalog the login may not use, and whether it has pg_monitor. Asked after a refusal, because the
 * refusal's own words come in the server's language. Asks pg_class nothing, because that may be what is missing.
 */
export const lacking = statement({
  name: "denied.lacking",
  access: "read",
  fanOut: "none",
  text: sql`
    select current_user::text as login,
           pg_has_role(current_user, 'pg_monitor', 'usage') as is_monitor,
           array(select 'pg_catalog.' || quote_ident(wanted.name)
                   from unnest($1::text[]) as wanted (name)
                  where not has_table_privilege(to_regclass('pg_catalog.' || quote_ident(wanted.name)), 'select')) as relations,
           array(select p.oid::regprocedure::text
                   from unnest($1::text[]) as wanted (name)
                   join pg_catalog.pg_proc p on p.proname = wanted.name and p.pronamespace = 'pg_catalog'::regnamespace
                  where not has_function_privilege(p.oid, 'execute')) as functions`,
  values: ({ names }: { names: readonly string[] }) => [names],
  row: z.object({
    login: z.string(),
    is_monitor: z.boolean(),
    relations: z.array(z.string()),
    functions: z.array(z.string()),
  }),
});
