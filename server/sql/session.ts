import "server-only";
import { z } from "zod";
import { sql, statement } from "@/server/pg/sql";

/**
 * Who a new session is, and what became of the settings it asked for: a pooler in between may have dropped or shared them.
 * The timeline is asked of a primary only, because a standby has no position of its own to name one by.
 */
export const lookAtSession = statement({
  name: "session.look",
  access: "read",
  fanOut: "none",
  text: sql`
    select coalesce((select pg_catalog.json_object_agg(s.name, s.setting) from pg_catalog.pg_settings s where s.name = any ($1::text[]))::text, '{}') as settings,
           current_user::text as login,
           coalesce((select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user), false) as is_superuser,
           pg_catalog.pg_is_in_recovery() as in_recovery,
           (select c.system_identifier::text from pg_catalog.pg_control_system() c) as system_id,
           case when not pg_catalog.pg_is_in_recovery()
                then pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) end as timeline`,
  values: ({ names }: { names: readonly string[] }) => [names],
  row: z.object({
    settings: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
    login: z.string(),
    is_superuser: z.boolean(),
    in_recovery: z.boolean(),
    system_id: z.string(),
    timeline: z
      .string()
      .transform((hex) => Number.parseInt(hex, 16))
      .nullable(),
  }),
});
export type SessionLook = z.output<typeof lookAtSession.row>;
