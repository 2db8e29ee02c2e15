-- How large shards are. Every node measures its own.

-- Run on each node as the login that asks: [[shardid, bytes], …] and the schemas that login may not look into.
create function citus_internal.local_shard_sizes() returns text language plpgsql stable set search_path = pg_catalog as $$
declare
  sizes jsonb;
  denied jsonb;
begin
  select jsonb_agg(jsonb_build_array(s.shardid, pg_total_relation_size(r.oid)) order by s.shardid)
           filter (where has_schema_privilege(n.oid, 'usage')),
         jsonb_agg(distinct n.nspname) filter (where not has_schema_privilege(n.oid, 'usage'))
    into sizes, denied
    from pg_dist_placement p
    join pg_dist_shard s using (shardid)
    join pg_class l on l.oid = s.logicalrelid
    join pg_namespace n on n.oid = l.relnamespace
    join pg_class r on r.relnamespace = n.oid and r.relname = citus_internal.bare_shard_name(l.relname, s.shardid)
   where p.groupid = citus_internal.local_groupid();
  return jsonb_build_object('sizes', coalesce(sizes, '[]'), 'denied', coalesce(denied, '[]'))::text;
end $$;

create function citus_internal.bare_shard_name(p_name name, p_shardid bigint) returns name language sql immutable as $$
  select (case when octet_length(p_name || '_' || p_shardid) <= 63 then p_name || '_' || p_shardid
    else left(p_name, 63 - length('_' || p_shardid) - 9) || '_' || lpad(to_hex(hashtext(p_name)), 8, '0') || '_' || p_shardid
    end)::name
$$;

create function citus_internal.warn_unreachable(a citus_internal.answer, p_role name) returns void language plpgsql as $$
begin
  raise warning using errcode = '08006', message = citus_internal.connection_problem(a, p_role);
end $$;

-- Every placement that could be measured. A node that does not answer gives a WARNING and no rows.
create function citus_internal.placement_sizes() returns table (nodeid integer, shardid bigint, bytes bigint)
language plpgsql as $$
declare
  a citus_internal.answer;
  nsp text;
begin
  for a in select * from citus_internal.fan_out(
             citus_internal.active_targets('select citus_internal.local_shard_sizes()'), current_user, 'citus_internal') loop
    if not a.connected then
      perform citus_internal.warn_unreachable(a, current_user);
    elsif not a.success then
      raise warning using errcode = a.sqlstate, message = a.message;
    else
      for nsp in select jsonb_array_elements_text(a.result::jsonb -> 'denied') loop
        raise warning using errcode = '42501', message = 'permission denied for schema ' || nsp;
      end loop;
      return query select a.nodeid, (e ->> 0)::bigint, (e ->> 1)::bigint
                     from jsonb_array_elements(a.result::jsonb -> 'sizes') e;
    end if;
  end loop;
end $$;

create function pg_catalog.citus_shard_sizes(out shard_id integer, out size bigint) returns setof record
language sql volatile strict as $$
  select s.shardid::integer, s.bytes from citus_internal.placement_sizes() s
$$;

create function citus_internal.table_type(p pg_catalog.pg_dist_partition) returns text language sql stable as $$
  select case when p.partmethod = 'n' and p.repmodel = 't' then 'reference'
              when exists (select from pg_catalog.pg_class c join pg_catalog.pg_dist_schema s on s.schemaid = c.relnamespace
                            where c.oid = p.logicalrelid) then 'schema'
              when p.partmethod = 'n' and p.colocationid = 0 then 'local'
              else 'distributed' end
$$;

create view pg_catalog.citus_shards as
  with sizes as materialized (select s.nodeid, s.shardid, s.bytes from citus_internal.placement_sizes() s)
  select s.logicalrelid as table_name, s.shardid, pg_catalog.shard_name(s.logicalrelid, s.shardid) as shard_name,
         citus_internal.table_type(t) as citus_table_type, t.colocationid as colocation_id,
         n.nodename, n.nodeport, z.bytes as shard_size
    from pg_catalog.pg_dist_shard s
    join pg_catalog.pg_dist_placement p on p.shardid = s.shardid
    join pg_catalog.pg_dist_node n on n.groupid = p.groupid
    join pg_catalog.pg_dist_partition t on t.logicalrelid = s.logicalrelid
    left join sizes z on z.shardid = s.shardid and z.nodeid = pg_catalog.get_nodeid_for_groupid(p.groupid)
   order by 1, 2;
grant select on pg_catalog.citus_shards to public;

create view public.citus_tables as
  with sizes as materialized (select s.shardid, sum(s.bytes) as bytes from citus_internal.placement_sizes() s group by 1),
  measured as (
    select s.logicalrelid, sum(z.bytes) as bytes from pg_catalog.pg_dist_shard s join sizes z using (shardid) group by 1
  )
  select t.logicalrelid as table_name, citus_internal.table_type(t) as citus_table_type,
         coalesce(pg_catalog.column_to_column_name(t.logicalrelid, t.partkey), '<none>') as distribution_column,
         t.colocationid as colocation_id, pg_catalog.pg_size_pretty(m.bytes) as table_size,
         (select count(*) from pg_catalog.pg_dist_shard s where s.logicalrelid = t.logicalrelid) as shard_count,
         pg_catalog.pg_get_userbyid(c.relowner) as table_owner, a.amname as access_method
    from pg_catalog.pg_dist_partition t
    join measured m using (logicalrelid)
    join pg_catalog.pg_class c on c.oid = t.logicalrelid
    left join pg_catalog.pg_am a on a.oid = c.relam
   order by t.logicalrelid::text;
grant select on public.citus_tables to public;

create view public.citus_schemas as
  with sizes as materialized (select s.shardid, sum(s.bytes) as bytes from citus_internal.placement_sizes() s group by 1)
  select d.schemaid::regnamespace as schema_name, d.colocationid as colocation_id,
         case when has_schema_privilege(d.schemaid, 'usage') then pg_catalog.pg_size_pretty(coalesce(
           (select sum(z.bytes) from pg_catalog.pg_dist_partition t join pg_catalog.pg_dist_shard s using (logicalrelid)
              join sizes z using (shardid) where t.colocationid = d.colocationid), 0)) end as schema_size,
         pg_catalog.pg_get_userbyid(n.nspowner) as schema_owner
    from pg_catalog.pg_dist_schema d join pg_catalog.pg_namespace n on n.oid = d.schemaid
   order by d.schemaid::regnamespace::text;
grant select on public.citus_schemas to public;

-- Asks the nodes that hold the table with a function that takes a relation; adds up, or names the node that did not answer.
create function citus_internal.sum_over_shards(p_rel regclass, p_function text, p_fail boolean) returns bigint
language plpgsql as $$
declare
  a citus_internal.answer;
  total bigint := 0;
begin
  if not exists (select from pg_catalog.pg_dist_partition t where t.logicalrelid = p_rel) then
    perform citus_internal.fail('42P16', format('cannot calculate the size because relation ''%s'' is not distributed',
                                                citus_internal.bare_name(p_rel)));
  end if;
  for a in select * from citus_internal.fan_out(array(
      select (n.nodeid, n.nodename, n.nodeport, format('select sum(%s(s))::text from unnest(%L::regclass[]) s', p_function,
               array_agg(pg_catalog.shard_name(p_rel, s.shardid, false)::text)))::citus_internal.target
        from pg_catalog.pg_dist_shard s join pg_catalog.pg_dist_placement p using (shardid)
        join pg_catalog.pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
       where s.logicalrelid = p_rel group by n.nodeid, n.nodename, n.nodeport), current_user, 'citus_internal') loop
    if not a.connected then
      perform citus_internal.warn_unreachable(a, current_user);
      if p_fail then
        perform citus_internal.fail('08006', format('could not connect to %s:%s to get size of relation "%s"',
                                                    a.host, a.port, citus_internal.bare_name(p_rel)));
      end if;
      raise warning using errcode = '08006', message = format('could not connect to %s:%s to get size of relation "%s"',
                                                               a.host, a.port, citus_internal.bare_name(p_rel));
      return null;
    end if;
    if not a.success then perform citus_internal.raise_answer(a); end if;
    total := total + coalesce(nullif(a.result, '')::bigint, 0);
  end loop;
  return total;
end $$;

create function pg_catalog.citus_relation_size(logicalrelid regclass) returns bigint language sql volatile strict as $$
  select citus_internal.sum_over_shards($1, 'pg_catalog.pg_relation_size', true)
$$;
create function pg_catalog.citus_table_size(logicalrelid regclass) returns bigint language sql volatile strict as $$
  select citus_internal.sum_over_shards($1, 'pg_catalog.pg_table_size', true)
$$;
create function pg_catalog.citus_total_relation_size(logicalrelid regclass, fail_on_error boolean default true)
returns bigint language sql volatile strict as $$
  select citus_internal.sum_over_shards($1, 'pg_catalog.pg_total_relation_size', $2)
$$;

-- The file system under the data folder. No function of PostgreSQL says it, so a program is asked, through a foreign table:
-- that also works on a standby and in a read-only transaction.
create function citus_internal.file_fdw_handler() returns fdw_handler language c strict
  as '$libdir/file_fdw', 'file_fdw_handler';
create foreign data wrapper citus_stand_in_files handler citus_internal.file_fdw_handler;
create server citus_stand_in_files foreign data wrapper citus_stand_in_files;
create foreign table citus_internal.disk (line text) server citus_stand_in_files
  options (program 'df -Pk . | tail -n 1', format 'text', delimiter E'\x01');

create function pg_catalog.citus_local_disk_space_stats(out available_disk_size bigint, out total_disk_size bigint)
language sql volatile strict security definer set search_path = pg_catalog as $$
  select fields[4]::bigint * 1024, fields[2]::bigint * 1024
    from (select regexp_split_to_array(trim(d.line), '\s+') as fields from citus_internal.disk d) f
$$;
