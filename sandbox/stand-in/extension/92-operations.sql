-- Sessions anywhere in the cluster, and what an operator asks now and then.
create function citus_internal.signal_backend(p_gpid bigint, p_call text) returns boolean language plpgsql as $$
declare
  n pg_catalog.pg_dist_node;
  a citus_internal.answer;
  pid integer := pg_catalog.citus_pid_for_gpid(p_gpid);
begin
  n := citus_internal.node_with_id(pg_catalog.citus_nodeid_for_gpid(p_gpid));
  a := citus_internal.fan_out(array[(n.nodeid, n.nodename, n.nodeport, format('select ' || p_call, pid))::citus_internal.target],
                              current_user, 'citus_internal');
  if not a.connected then
    perform citus_internal.warn_unreachable(a, current_user);
    return false;
  end if;
  if not a.success then perform citus_internal.fail(a.sqlstate, a.message, a.detail, a.hint); end if;
  if a.result <> 't' then raise warning 'PID % is not a PostgreSQL backend process', pid; end if;
  return a.result = 't';
end $$;

create function pg_catalog.pg_cancel_backend(global_pid bigint) returns boolean language plpgsql strict as $$
begin
  return citus_internal.signal_backend($1, 'pg_catalog.pg_cancel_backend(%s::int4)');
end $$;

create function pg_catalog.pg_terminate_backend(global_pid bigint, timeout bigint default 0) returns boolean
language plpgsql strict as $$
begin
  return citus_internal.signal_backend($1, format('pg_catalog.pg_terminate_backend(%%s::int4, %s)', $2));
end $$;

-- Asks every node at once; each asks every other, at once too.
create function pg_catalog.citus_check_cluster_node_health(out from_nodename text, out from_nodeport integer,
  out to_nodename text, out to_nodeport integer, out result boolean) returns setof record language plpgsql volatile strict as $$
declare
  a citus_internal.answer;
  p record;
begin
  for a in select * from citus_internal.fan_out(citus_internal.active_targets(format(
             'select citus_internal.reachable_from_here(%s)', citus_internal.setting_ms('citus.node_connection_timeout', 30000))),
                                                current_user, 'citus_internal') loop
    if not a.success then perform citus_internal.warn_unreachable(a, current_user); end if;
    for p in select t.host, t.port, (a.result::jsonb ->> t.nodeid::text)::boolean as reached
               from unnest(citus_internal.active_targets('')) t loop
      from_nodename := a.host; from_nodeport := a.port; to_nodename := p.host; to_nodeport := p.port;
      result := case when a.success then p.reached end;
      return next;
    end loop;
  end loop;
end $$;

create function citus_internal.reachable_from_here(p_timeout_ms integer) returns text language sql volatile as $$
  select set_config('citus.node_connection_timeout', p_timeout_ms::text, true);
  select jsonb_object_agg(a.nodeid, a.success)::text
    from citus_internal.fan_out(citus_internal.active_targets('select 1'), current_user, 'citus_internal') a
$$;

-- Sessions that other nodes hold for this one.
create function pg_catalog.citus_remote_connection_stats(out hostname text, out port integer, out database_name text,
  out connection_count_to_node integer) returns setof record language sql volatile strict as $$
  select a.host, a.port, current_database()::text, a.result::integer
    from citus_internal.fan_out(citus_internal.active_targets(format(
           'select count(*) from pg_catalog.pg_stat_activity where application_name like ''citus\_%%'' and '
           'substring(application_name from ''gpid=([0-9]+)'')::int8 / 10000000000 = %s', citus_internal.local_nodeid())),
           current_user, 'citus_internal') a
   where a.success
$$;

create function pg_catalog.recover_prepared_transactions() returns integer language sql volatile as $$ select 0 $$;
create function pg_catalog.check_distributed_deadlocks() returns boolean language sql volatile strict as $$ select false $$;

create function pg_catalog.start_metadata_sync_to_node(nodename text, nodeport integer) returns void
language plpgsql strict security definer set search_path = pg_catalog as $$
declare
  n pg_catalog.pg_dist_node := citus_internal.must_node($1, $2);
begin
  perform citus_internal.need_superuser();
  perform citus_internal.need_coordinator();
  update pg_catalog.pg_dist_node d set hasmetadata = true, metadatasynced = true where d.nodeid = n.nodeid;
  perform citus_internal.send_metadata(n.nodeid);
  perform citus_internal.sync_node_row(n.nodeid);
end $$;

create function pg_catalog.start_metadata_sync_to_all_nodes() returns boolean
language plpgsql strict security definer set search_path = pg_catalog as $$
declare
  n pg_catalog.pg_dist_node;
begin
  for n in select * from pg_catalog.pg_dist_node d where d.noderole = 'primary' and d.isactive and d.groupid <> 0 loop
    perform pg_catalog.start_metadata_sync_to_node(n.nodename, n.nodeport);
  end loop;
  return true;
end $$;

create function pg_catalog.stop_metadata_sync_to_node(nodename text, nodeport integer, clear_metadata boolean default true)
returns void language plpgsql strict security definer set search_path = pg_catalog as $$
declare
  n pg_catalog.pg_dist_node := citus_internal.must_node($1, $2);
begin
  perform citus_internal.need_superuser();
  perform citus_internal.need_coordinator();
  if clear_metadata then
    perform citus_internal.push_to_group(n.groupid, 'do $x$ begin perform citus_internal.forget_cluster(); end $x$', false);
  end if;
  update pg_catalog.pg_dist_node d set hasmetadata = false, metadatasynced = false where d.nodeid = n.nodeid;
  perform citus_internal.sync_node_row(n.nodeid);
end $$;

create function pg_catalog.get_colocated_table_array(regclass) returns regclass[] language sql stable strict as $$
  select array_agg(o.logicalrelid order by o.logicalrelid::oid) from pg_catalog.pg_dist_partition p
    join pg_catalog.pg_dist_partition o on o.colocationid = p.colocationid and (p.colocationid <> 0 or o.logicalrelid = $1)
   where p.logicalrelid = $1
$$;

create function pg_catalog.get_colocated_shard_array(bigint) returns bigint[] language sql stable strict as $$
  select array_agg(c.shardid order by c.shardid) from citus_internal.colocated_shards($1) c
$$;

create function pg_catalog.distributed_tables_colocated(table1 regclass, table2 regclass) returns boolean
language sql stable strict as $$
  select coalesce((select a.colocationid = b.colocationid and a.colocationid <> 0 from pg_catalog.pg_dist_partition a,
    pg_catalog.pg_dist_partition b where a.logicalrelid = $1 and b.logicalrelid = $2), false)
$$;
