-- Statistics that a Citus keeps only when told to (citus.stat_tenants_track, citus.stat_statements_track,
-- citus.enable_stat_counters). The stand-in runs no distributed query, so there is never anything in them.
create function pg_catalog.citus_stat_tenants_local(return_all_tenants boolean default false, out colocation_id integer,
  out tenant_attribute text, out read_count_in_this_period integer, out read_count_in_last_period integer,
  out query_count_in_this_period integer, out query_count_in_last_period integer, out cpu_usage_in_this_period float8,
  out cpu_usage_in_last_period float8, out score bigint) returns setof record language sql as $$
  select null::integer, null::text, 0, 0, 0, 0, 0::float8, 0::float8, 0::bigint where false
$$;

create function pg_catalog.citus_stat_tenants(return_all_tenants boolean default false, out nodeid integer,
  out colocation_id integer, out tenant_attribute text, out read_count_in_this_period integer,
  out read_count_in_last_period integer, out query_count_in_this_period integer, out query_count_in_last_period integer,
  out cpu_usage_in_this_period float8, out cpu_usage_in_last_period float8, out score bigint) returns setof record
language sql as $$
  select null::integer, null::integer, null::text, 0, 0, 0, 0, 0::float8, 0::float8, 0::bigint where false
$$;

create view pg_catalog.citus_stat_tenants_local as
  select colocation_id, tenant_attribute, read_count_in_this_period, read_count_in_last_period,
         query_count_in_this_period, query_count_in_last_period, cpu_usage_in_this_period, cpu_usage_in_last_period
    from pg_catalog.citus_stat_tenants_local();
create view pg_catalog.citus_stat_tenants as
  select nodeid, colocation_id, tenant_attribute, read_count_in_this_period, read_count_in_last_period,
         query_count_in_this_period, query_count_in_last_period, cpu_usage_in_this_period, cpu_usage_in_last_period
    from pg_catalog.citus_stat_tenants();
grant execute on function pg_catalog.citus_stat_tenants(boolean), pg_catalog.citus_stat_tenants_local(boolean) to pg_monitor;
grant select on pg_catalog.citus_stat_tenants, pg_catalog.citus_stat_tenants_local to pg_monitor;

create view pg_catalog.citus_stat_statements as
  select null::bigint as queryid, null::oid as userid, null::oid as dbid, null::text as query, null::text as executor,
         null::text as partition_key, null::bigint as calls where false;
grant select on pg_catalog.citus_stat_statements to public;

create view pg_catalog.citus_stat_counters as
  select d.oid, d.datname as name, 0::bigint as connection_establishment_succeeded,
         0::bigint as connection_establishment_failed, 0::bigint as connection_reused,
         0::bigint as query_execution_single_shard, 0::bigint as query_execution_multi_shard,
         null::timestamptz as stats_reset
    from pg_catalog.pg_database d;
grant select on pg_catalog.citus_stat_counters to public;
