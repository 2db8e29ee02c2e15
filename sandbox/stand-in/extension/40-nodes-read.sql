-- Reading the nodes.
create function pg_catalog.citus_version() returns text language sql stable strict as $$
  select 'Citus ' || coalesce(nullif(pg_catalog.current_setting('citus.version', true), ''), '13.2.2')
      || ' on PostgreSQL ' || pg_catalog.current_setting('server_version') || ' (Shardboard stand-in)'
$$;

create function pg_catalog.citus_server_id() returns uuid language sql volatile strict as $$
  select gen_random_uuid()
$$;

create function pg_catalog.citus_is_coordinator() returns boolean language sql volatile strict as $$
  select citus_internal.local_groupid() = 0
$$;

create function pg_catalog.citus_coordinator_nodeid() returns integer language sql stable strict as $$
  select coalesce((select n.nodeid from pg_catalog.pg_dist_node n where n.groupid = 0 and n.noderole = 'primary'), 0)
$$;

create function pg_catalog.citus_is_primary_node() returns boolean language plpgsql volatile strict as $$
begin
  if not exists (select from pg_catalog.pg_dist_node n where n.groupid = citus_internal.local_groupid()) then
    raise warning 'could not find the current node in pg_dist_node'
      using detail = 'If this is the coordinator node, consider adding it into the metadata by using citus_set_coordinator_host() UDF. '
                     'Otherwise, if you''re going to use this node as a worker node for a new cluster, make sure to add this node into the metadata from the coordinator by using citus_add_node() UDF.';
    return null;
  end if;
  return not pg_catalog.pg_is_in_recovery();
end $$;

create function pg_catalog.citus_get_active_worker_nodes(out node_name text, out node_port bigint)
returns setof record language sql volatile strict as $$
  select n.nodename, n.nodeport from pg_catalog.pg_dist_node n
   where n.isactive and n.noderole = 'primary' and n.groupid <> 0
$$;

create function pg_catalog.get_nodeid_for_groupid(groupidinput integer) returns integer language sql stable as $$
  select n.nodeid from pg_catalog.pg_dist_node n
   where n.groupid = groupidinput and n.noderole = 'primary' and n.nodecluster = 'default'
$$;

create function pg_catalog.citus_nodename_for_nodeid(nodeid integer) returns text language sql stable strict as $$
  select n.nodename from pg_catalog.pg_dist_node n where n.nodeid = $1
$$;

create function pg_catalog.citus_nodeport_for_nodeid(nodeid integer) returns integer language sql stable strict as $$
  select n.nodeport from pg_catalog.pg_dist_node n where n.nodeid = $1
$$;

create function pg_catalog.citus_backend_gpid() returns bigint language sql volatile strict as $$
  select coalesce(substring(pg_catalog.current_setting('application_name') from 'gpid=([0-9]+)')::bigint,
                  citus_internal.gpid_of(citus_internal.local_nodeid(), pg_catalog.pg_backend_pid()))
$$;

create function pg_catalog.citus_calculate_gpid(nodeid integer, pid integer) returns bigint
language sql volatile strict as $$ select citus_internal.gpid_of($1, $2) $$;

create function pg_catalog.citus_nodeid_for_gpid(global_pid bigint) returns integer
language sql stable strict as $$ select ($1 / 10000000000)::integer $$;

create function pg_catalog.citus_pid_for_gpid(global_pid bigint) returns integer
language sql stable strict as $$ select ($1 % 10000000000)::integer $$;

create view pg_catalog.citus_nodes as
  select n.nodename, n.nodeport, case when n.groupid = 0 then 'coordinator' else 'worker' end as role,
         n.isactive as active
    from pg_catalog.pg_dist_node n;
grant select on pg_catalog.citus_nodes to public;

create view pg_catalog.pg_dist_shard_placement as
  select p.shardid, p.shardstate, p.shardlength, n.nodename, n.nodeport, p.placementid
    from pg_catalog.pg_dist_placement p
    join pg_catalog.pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary';
grant select on pg_catalog.pg_dist_shard_placement to public;

-- The nodes a command goes to: active primaries of this cluster, as Citus orders them (by name, then port).
create function citus_internal.active_targets(p_command text, p_workers_only boolean default false)
returns citus_internal.target[] language sql stable as $$
  select coalesce(array_agg((n.nodeid, n.nodename, n.nodeport, p_command)::citus_internal.target
                            order by n.nodename collate "C", n.nodeport), '{}')
    from pg_catalog.pg_dist_node n
   where n.isactive and n.noderole = 'primary' and (n.groupid <> 0 or not p_workers_only)
$$;

create function citus_internal.answer_text(a citus_internal.answer) returns text language sql immutable as $$
  select case when a.success then a.result
              when not a.connected then format('failed to connect to %s:%s', a.host, a.port)
              when a.message like 'expected a single%' then a.message
              else 'ERROR:  ' || a.message end
$$;

create function pg_catalog.citus_check_connection_to_node(nodename text, nodeport integer default 5432)
returns boolean language plpgsql volatile strict as $$
declare
  a citus_internal.answer;
begin
  a := citus_internal.fan_out(array[(0, $1, $2, 'select 1')::citus_internal.target],
                              citus_internal.caller(), 'citus_internal');
  if not a.connected then
    raise warning using errcode = '08006',
      message = citus_internal.connection_problem(a, citus_internal.caller());
  end if;
  return a.success;
end $$;
