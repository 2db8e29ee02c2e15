-- Schemas and enums under the names Citus uses. Everything private to the stand-in lives in citus_internal,
-- a schema that exists in Citus too, so a console sees no name it would not see there.
set local allow_system_table_mods = on;

create schema citus;
create schema citus_internal;
grant usage on schema citus to public;
grant usage on schema citus_internal to public;

create type citus.distribution_type as enum ('hash', 'range', 'append');
create type citus.shard_transfer_mode as enum ('auto', 'force_logical', 'block_writes');
create type pg_catalog.noderole as enum ('primary', 'secondary', 'unavailable');
create type pg_catalog.citus_job_status as enum
  ('scheduled', 'running', 'finished', 'cancelling', 'cancelled', 'failing', 'failed');
create type pg_catalog.citus_task_status as enum
  ('blocked', 'runnable', 'running', 'done', 'cancelling', 'error', 'unscheduled', 'cancelled');

-- The functions of dblink that the stand-in needs, declared here so that "create extension citus" needs nothing else.
-- Never granted: who may open a connection as whom is decided by the functions that call them.
create function citus_internal.dblink_connect(text, text) returns text
  language c strict as '$libdir/dblink', 'dblink_connect';
create function citus_internal.dblink_disconnect(text) returns text
  language c strict as '$libdir/dblink', 'dblink_disconnect';
create function citus_internal.dblink(text, text) returns setof record
  language c strict as '$libdir/dblink', 'dblink_record';
create function citus_internal.dblink_exec(text, text) returns text
  language c strict as '$libdir/dblink', 'dblink_exec';
create function citus_internal.dblink_send_query(text, text) returns integer
  language c strict as '$libdir/dblink', 'dblink_send_query';
create function citus_internal.dblink_get_result(text) returns setof record
  language c strict as '$libdir/dblink', 'dblink_get_result';
create function citus_internal.dblink_cancel_query(text) returns text
  language c strict as '$libdir/dblink', 'dblink_cancel_query';
create function citus_internal.dblink_get_connections() returns text[]
  language c as '$libdir/dblink', 'dblink_get_connections';
do $$
declare f regprocedure;
begin
  for f in select p.oid from pg_catalog.pg_proc p
            where p.pronamespace = 'citus_internal'::regnamespace and p.proname like 'dblink%' loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;

-- A duration setting in milliseconds. Custom settings are kept as the text somebody wrote: '2s', '2000', '1min'.
create function citus_internal.setting_ms(p_name text, p_default integer) returns integer language plpgsql stable as $$
declare
  raw text := pg_catalog.current_setting(p_name, true);
begin
  if raw is null or raw = '' then return p_default; end if;
  if raw ~ '^-?[0-9]+$' then return raw::integer; end if;
  return (extract(epoch from pg_catalog.replace(raw, 'min', ' minutes')::interval) * 1000)::integer;
exception when invalid_datetime_format then
  return p_default;
end $$;

create function citus_internal.setting_number(p_name text, p_default numeric) returns numeric language sql stable as $$
  select coalesce(nullif(pg_catalog.current_setting(p_name, true), '')::numeric, p_default)
$$;
