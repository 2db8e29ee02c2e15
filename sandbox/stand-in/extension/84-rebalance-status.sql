-- How far the running moves are. Sizes and WAL positions are asked from the nodes, at every call.
create function citus_internal.may_see_progress(p_owner regrole) returns boolean language sql stable as $$
  select pg_has_role(citus_internal.caller(), 'pg_read_all_stats', 'usage') or pg_has_role(citus_internal.caller(), p_owner, 'member')
$$;

create function citus_internal.node_sizes(p_nodeids integer[]) returns table (nodeid integer, lsn pg_lsn, shardid bigint, bytes bigint)
language plpgsql as $$
declare
  a citus_internal.answer;
  names text := (select coalesce(string_agg(format('(%s, %L)', p.shardid, pg_catalog.shard_name(p.logicalrelid, p.shardid, false)), ', '),
                                 '(0, '''')') from citus_internal.progress p);
begin
  for a in select * from citus_internal.fan_out(array(
      select (n.nodeid, n.nodename, n.nodeport, format('select jsonb_build_object(''lsn'', pg_current_wal_lsn(), ''sizes'', '
               'jsonb_object_agg(s.id, coalesce(pg_total_relation_size(to_regclass(s.name)), 0)))::text from (values %s) s (id, name)',
               names))::citus_internal.target
        from pg_catalog.pg_dist_node n where n.nodeid = any (p_nodeids)), current_user, 'citus_internal') loop
    if not a.connected then perform citus_internal.warn_unreachable(a, current_user); end if;
    if not a.success then perform citus_internal.fail('08006', 'cannot get the size because of a connection error'); end if;
    return query select a.nodeid, (a.result::jsonb ->> 'lsn')::pg_lsn, e.key::bigint, e.value::bigint
                   from jsonb_each_text(a.result::jsonb -> 'sizes') e;
  end loop;
end $$;

create function pg_catalog.get_rebalance_progress() returns table (sessionid integer, table_name regclass, shardid bigint,
  shard_size bigint, sourcename text, sourceport integer, targetname text, targetport integer, progress bigint,
  source_shard_size bigint, target_shard_size bigint, operation_type text, source_lsn pg_lsn, target_lsn pg_lsn,
  status text) language plpgsql strict security definer as $$
declare
  nodes integer[] := array(select p.source from citus_internal.progress p where citus_internal.may_see_progress(p.owner)
                           union select p.target from citus_internal.progress p where citus_internal.may_see_progress(p.owner));
begin
  if cardinality(nodes) = 0 then return; end if;
  return query
    with z as materialized (select * from citus_internal.node_sizes(nodes))
    select p.sessionid, p.logicalrelid, p.shardid, case when p.progress = 2 then t.bytes else f.bytes end, s.nodename, s.nodeport,
           d.nodename, d.nodeport, p.progress, f.bytes, t.bytes, p.operation_type, f.lsn, p.target_lsn, p.status
      from citus_internal.progress p
      join pg_catalog.pg_dist_node s on s.nodeid = p.source
      join pg_catalog.pg_dist_node d on d.nodeid = p.target
      join z f on f.nodeid = p.source and f.shardid = p.shardid
      join z t on t.nodeid = p.target and t.shardid = p.shardid
     where citus_internal.may_see_progress(p.owner)
     order by p.sessionid, p.shardid;
end $$;

create function citus_internal.shown_bytes(p_bytes numeric, p_raw boolean) returns jsonb language sql immutable as $$
  select case when p_raw then to_jsonb(p_bytes) else to_jsonb(pg_catalog.pg_size_pretty(p_bytes)) end
$$;

create function citus_internal.job_details(p_jobid bigint, p_raw boolean) returns jsonb language sql volatile as $$
  with progress as materialized (
    select p.sessionid, min(p.status) as phase, sum(p.source_shard_size) as source, sum(p.target_shard_size) as target,
           min(p.source_lsn) as source_lsn, min(p.target_lsn) as target_lsn,
           min(p.sourcename || ':' || p.sourceport) as source_host, min(p.targetname || ':' || p.targetport) as target_host
      from pg_catalog.get_rebalance_progress() p group by p.sessionid
  ), shown as (
    select t.task_id, jsonb_build_object('state', t.status, 'retried', coalesce(t.retry_count, 0), 'phase', p.phase,
             'size', jsonb_build_object('source', citus_internal.shown_bytes(p.source, p_raw), 'target', citus_internal.shown_bytes(p.target, p_raw)),
             'LSN', jsonb_build_object('source', p.source_lsn, 'target', p.target_lsn,
                                       'lag', citus_internal.shown_bytes(p.source_lsn - p.target_lsn, p_raw)),
             'hosts', jsonb_build_object('source', p.source_host, 'target', p.target_host),
             'message', t.message, 'command', t.command, 'task_id', t.task_id) as task
      from pg_catalog.pg_dist_background_task t join progress p on p.sessionid = t.pid
     where t.job_id = p_jobid and t.status = 'running'
    union all
    select t.task_id, jsonb_build_object('state', t.status, 'retried', coalesce(t.retry_count, 0), 'message', t.message,
                                         'command', t.command, 'task_id', t.task_id)
      from pg_catalog.pg_dist_background_task t
     where t.job_id = p_jobid and (t.status = 'error' or t.status = 'runnable' and t.retry_count > 0)
  )
  select jsonb_build_object(
    'task_state_counts', (select jsonb_object_agg(c.status, c.n) from (
        select t.status, count(*) as n from pg_catalog.pg_dist_background_task t where t.job_id = p_jobid group by 1) c),
    'tasks', (select coalesce(jsonb_agg(s.task order by s.task_id), '[]') from shown s))
$$;

create function pg_catalog.citus_job_status(job_id bigint, raw boolean default false) returns table (job_id bigint,
  state pg_catalog.citus_job_status, job_type name, description text, started_at timestamptz, finished_at timestamptz,
  details jsonb) language sql volatile strict as $$
  select j.job_id, j.state, j.job_type, j.description, j.started_at, j.finished_at, citus_internal.job_details(j.job_id, $2)
    from pg_catalog.pg_dist_background_job j where j.job_id = $1
$$;

create function pg_catalog.citus_rebalance_status(raw boolean default false) returns table (job_id bigint,
  state pg_catalog.citus_job_status, job_type name, description text, started_at timestamptz, finished_at timestamptz,
  details jsonb) language sql volatile strict as $$
  select s.* from pg_catalog.citus_job_status(citus_internal.newest_job(false), $1) s
$$;
