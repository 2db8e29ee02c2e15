-- The same command on several nodes, as the login that asks.
create function pg_catalog.run_command_on_all_nodes(command text, parallel boolean default true,
  give_warning_for_connection_errors boolean default false, out nodeid integer, out success boolean, out result text)
returns setof record language plpgsql as $$
declare
  a citus_internal.answer;
begin
  for a in select * from citus_internal.fan_out(citus_internal.active_targets($1), current_user, 'citus_run_command', $2) loop
    if $3 and not a.connected then raise warning 'failed to connect to %:%', a.host, a.port; end if;
    nodeid := a.nodeid; success := a.success; result := citus_internal.answer_text(a);
    return next;
  end loop;
end $$;

create function pg_catalog.run_command_on_coordinator(command text, give_warning_for_connection_errors boolean
  default false, out nodeid integer, out success boolean, out result text) returns setof record language plpgsql as $$
declare
  a citus_internal.answer;
begin
  for a in select * from citus_internal.fan_out(array(select (n.nodeid, n.nodename, n.nodeport, $1)::citus_internal.target
             from pg_catalog.pg_dist_node n where n.groupid = 0 and n.noderole = 'primary'),
             current_user, 'citus_run_command') loop
    if $2 and not a.connected then raise warning 'failed to connect to %:%', a.host, a.port; end if;
    nodeid := a.nodeid; success := a.success; result := citus_internal.answer_text(a);
    return next;
  end loop;
end $$;

create function pg_catalog.run_command_on_workers(command text, parallel boolean default true, out nodename text,
  out nodeport integer, out success boolean, out result text) returns setof record language sql as $$
  select a.host, a.port, a.success, citus_internal.answer_text(a)
    from citus_internal.fan_out(citus_internal.active_targets($1, true), current_user, 'citus_run_command', $2) a
$$;

create function citus_internal.placement_targets(p_rel regclass, p_command text, p_first_only boolean)
returns table (target citus_internal.target, shardid bigint) language plpgsql stable as $$
begin
  if not exists (select from pg_catalog.pg_dist_partition p where p.logicalrelid = p_rel) then
    perform citus_internal.fail('42P16', 'relation is not distributed');
  end if;
  return query select (n.nodeid, n.nodename, n.nodeport, replace(p_command, '%s',
           pg_catalog.shard_name(p_rel, s.shardid, false)))::citus_internal.target, s.shardid
      from pg_catalog.pg_dist_shard s join pg_catalog.pg_dist_placement p using (shardid)
      join pg_catalog.pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
     where s.logicalrelid = p_rel and (not p_first_only or p.placementid = (
             select min(o.placementid) from pg_catalog.pg_dist_placement o where o.shardid = s.shardid))
     order by s.shardid, p.placementid;
end $$;

create function citus_internal.run_on_placements(p_rel regclass, p_command text, p_parallel boolean, p_first_only boolean)
returns table (nodename text, nodeport integer, shardid bigint, success boolean, result text) language plpgsql as $$
declare
  targets citus_internal.target[];
  shards bigint[];
  from_here integer := 1;
begin
  select array_agg(t.target), array_agg(t.shardid) into targets, shards
    from citus_internal.placement_targets(p_rel, p_command, p_first_only) t;
  while from_here <= coalesce(cardinality(targets), 0) loop
    -- A few at a time: each target is two sessions.
    return query select a.host, a.port, shards[from_here + a.ord - 1], a.success, citus_internal.answer_text(a)
      from citus_internal.fan_out(targets[from_here : from_here + 7], current_user, 'citus_run_command', p_parallel) a;
    from_here := from_here + 8;
  end loop;
end $$;

create function pg_catalog.run_command_on_shards(table_name regclass, command text, parallel boolean default true,
  out shardid bigint, out success boolean, out result text) returns setof record language sql as $$
  select r.shardid, r.success, r.result from citus_internal.run_on_placements($1, $2, $3, true) r
$$;

create function pg_catalog.run_command_on_placements(table_name regclass, command text, parallel boolean default true,
  out nodename text, out nodeport integer, out shardid bigint, out success boolean, out result text)
returns setof record language sql as $$
  select r.nodename, r.nodeport, r.shardid, r.success, r.result from citus_internal.run_on_placements($1, $2, $3, false) r
$$;

-- Any address, whether Citus knows it or not.
create function pg_catalog.master_run_on_worker(worker_name text[], port integer[], command text[], parallel boolean,
  out node_name text, out node_port integer, out success boolean, out result text) returns setof record
language sql strict as $$
  select a.host, a.port, a.success, citus_internal.answer_text(a)
    from citus_internal.fan_out(array(select (0, w.host, w.port, w.command)::citus_internal.target
           from unnest($1, $2, $3) with ordinality w (host, port, command, ord) order by w.ord),
         current_user, 'citus_run_command', $4) a
$$;
