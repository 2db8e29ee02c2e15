import { recordedSettings } from "./settings.ts";

/**
 * SQL that makes pg_settings show Citus' settings. To PostgreSQL they are names with a text behind them, which it leaves out.
 *
 * The rule of the view is replaced, because an extension may not replace a view it does not own; and the new rule uses nothing of
 * the extension, because pg_settings must outlive it.
 */
export function settingsViewSql(): string {
  const rows = recordedSettings.map(
    (setting) =>
      `(${[setting.name, setting.unit, setting.context, setting.type, setting.min, setting.max].map(literal).join(", ")}, ` +
      `${setting.values === null ? "null" : `array[${setting.values.map(literal).join(", ")}]::text[]`}, ${literal(setting.default)})`,
  );
  return `
create view citus_internal.all_settings as
  select a.* from pg_catalog.pg_show_all_settings() a
  union all
  select s.name, coalesce(case
           when s.raw ~ '^-?[0-9.]*$' or s.unit is null then s.raw
           when s.unit = 'ms' then (extract(epoch from replace(s.raw, 'min', ' minutes')::interval) * 1000)::bigint::text
           when s.unit = 'kB' then (pg_size_bytes(s.raw) / 1024)::text
           when s.unit = 'MB' then (pg_size_bytes(s.raw) / 1048576)::text
         end, s.boot), s.unit, 'Customized Options', null, null, s.context, s.vartype,
         case when s.raw is null then 'default' else 'configuration file' end,
         s.low, s.high, s.labels, s.boot, s.boot, null, null::integer, false
    from (select v.*, current_setting(v.name, true) as raw
            from (values
${rows.join(",\n")}
            ) v (name, unit, context, vartype, low, high, labels, boot)) s;
update pg_catalog.pg_rewrite
   set ev_action = (select r.ev_action from pg_catalog.pg_rewrite r where r.ev_class = 'citus_internal.all_settings'::regclass)
 where ev_class = 'pg_catalog.pg_settings'::regclass and rulename = '_RETURN';
drop view citus_internal.all_settings;
`;
}

function literal(value: string | null): string {
  return value === null ? "null::text" : `'${value.replaceAll("'", "''")}'`;
}
