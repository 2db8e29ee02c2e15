import "server-only";
import { z } from "zod";
import { PACE_SETTINGS, type PaceSetting } from "@/lib/domain/pace";
import { identifier, type SqlText, sql, statement, wholeNumbers } from "@/server/pg/sql";

/**
 * The settings that pace a run as they are, and whether ALTER SYSTEM wrote them. The file they come from is visible to
 * pg_read_all_settings, which pg_monitor includes.
 */
export const readPace = statement({
  name: "pace.read",
  access: "read",
  fanOut: "none",
  text: sql`
    select s.name, s.setting::int as value, coalesce(s.sourcefile ~ 'postgresql\.auto\.conf$', false) as is_altered
      from pg_catalog.pg_settings s
     where s.name = any ($1::text[])
     order by s.name`,
  values: () => [PACE_SETTINGS],
  row: z.object({ name: z.enum(PACE_SETTINGS), value: z.int(), is_altered: z.boolean() }),
});

/** Whether the operations login may read the configuration again, and on which PostgreSQL it is: from 15 on single settings can be given away. */
export const mayReload = statement({
  name: "pace.mayReload",
  access: "ops",
  fanOut: "none",
  text: sql`
    select pg_catalog.has_function_privilege('pg_catalog.pg_reload_conf()', 'execute') as may_reload,
           current_setting('server_version_num')::int as postgres_number,
           (select r.rolsuper from pg_catalog.pg_roles r where r.rolname = current_user) as is_superuser`,
  values: () => [],
  row: z.object({ may_reload: z.boolean(), postgres_number: z.int(), is_superuser: z.boolean() }),
});

/** Settings among these that the operations login may not change. Asked apart: the function came with PostgreSQL 15. */
export const notAlterable = statement({
  name: "pace.notAlterable",
  access: "ops",
  fanOut: "none",
  text: sql`
    select n as name from unnest($1::text[]) n where not pg_catalog.has_parameter_privilege(n, 'alter system')`,
  values: () => [PACE_SETTINGS],
  row: z.object({ name: z.string() }),
});

/** Changes a setting for the whole server. ALTER SYSTEM takes no parameters and no transaction. */
export const setPace = (name: PaceSetting, value: number) =>
  statement({
    name: "pace.set",
    access: "ops",
    fanOut: "none",
    text: sql`alter system set ${settingName(name)} = ${wholeNumbers([value])}`,
    values: () => [],
    row: z.unknown(),
  });

/** Takes a setting out of what ALTER SYSTEM wrote, so that it is again as the configuration file says. */
export const resetPace = (name: PaceSetting) =>
  statement({
    name: "pace.reset",
    access: "ops",
    fanOut: "none",
    text: sql`alter system reset ${settingName(name)}`,
    values: () => [],
    row: z.unknown(),
  });

/** Makes what ALTER SYSTEM wrote count, a moment later. */
export const reloadSettings = statement({
  name: "pace.reload",
  access: "ops",
  fanOut: "none",
  text: sql`select pg_catalog.pg_reload_conf()`,
  values: () => [],
  row: z.unknown(),
});

function settingName(name: PaceSetting): SqlText {
  const [area = "", setting = ""] = name.split(".");
  return sql`${identifier(area)}.${identifier(setting)}`;
}
