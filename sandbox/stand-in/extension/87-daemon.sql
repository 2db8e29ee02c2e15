-- What the daemon calls. Each function is one transaction of its work.

-- A name on the clean-up list is taken off it when the shard is about to stand there again.
create function citus_internal.claim_target(p_shardid bigint, p_groupid integer) returns void language sql as $$
  delete from pg_catalog.pg_dist_cleanup c using citus_internal.colocated_shards(p_shardid) s
   where c.node_group_id = p_groupid and c.object_type = 1
     and c.object_name = pg_catalog.shard_name(s.logicalrelid, s.shardid, false)
$$;

create function citus_internal.describe_move(p_shardid bigint, s pg_catalog.pg_dist_node, t pg_catalog.pg_dist_node)
returns jsonb language sql stable as $$
  select jsonb_build_object('source', to_jsonb(s), 'target', to_jsonb(t),
    'sourceConninfo', citus_internal.conninfo(s.nodename, s.nodeport, current_user, 'citus_rebalancer'),
    'shards', (select jsonb_agg(jsonb_build_object('shardid', c.shardid, 'relation', citus_internal.qualified(c.logicalrelid),
                        'name', pg_catalog.shard_name(c.logicalrelid, c.shardid, false),
                        'foreignKeys', citus_internal.shard_foreign_keys(c.logicalrelid, c.shardid)) order by c.shardid)
                 from citus_internal.colocated_shards(p_shardid) c))
$$;

create function citus_internal.report_move(p_shardid bigint, p_source integer, p_target integer, p_type text, p_owner regrole)
returns void language sql as $$
  delete from citus_internal.progress where sessionid = pg_catalog.pg_backend_pid();
  insert into citus_internal.progress
  select pg_catalog.pg_backend_pid(), p_owner, p_type, c.shardid, c.logicalrelid, p_source, p_target, 1, 'Setting Up', null
    from citus_internal.colocated_shards(p_shardid) c
$$;

-- Null when the shard is there already. What the move makes on the target is on the clean-up list until it is finished.
create function citus_internal.begin_move(p_shardid bigint, p_source integer, p_target integer,
  p_mode citus.shard_transfer_mode, p_operation bigint) returns jsonb language plpgsql security definer
set search_path = pg_catalog as $$
declare
  s pg_dist_node := citus_internal.node_with_id(p_source);
  t pg_dist_node := citus_internal.node_with_id(p_target);
begin
  if not citus_internal.check_move(p_shardid, s.nodename, s.nodeport, t.nodename, t.nodeport, p_mode) then return null; end if;
  perform citus_internal.claim_target(p_shardid, t.groupid);
  insert into pg_dist_cleanup (operation_id, object_type, object_name, node_group_id, policy_type)
  select p_operation, 1, shard_name(c.logicalrelid, c.shardid, false), t.groupid, 1
    from citus_internal.colocated_shards(p_shardid) c;
  perform citus_internal.report_move(p_shardid, p_source, p_target, 'move', citus_internal.caller()::regrole);
  return citus_internal.describe_move(p_shardid, s, t);
end $$;

create function citus_internal.show_phase(p_status text, p_progress integer default 1, p_lsn pg_lsn default null)
returns void language sql security definer as $$
  update citus_internal.progress set status = p_status, progress = p_progress, target_lsn = coalesce(p_lsn, target_lsn)
   where sessionid = pg_catalog.pg_backend_pid()
$$;

create function citus_internal.end_progress() returns void language sql security definer as $$
  delete from citus_internal.progress where sessionid = pg_catalog.pg_backend_pid()
$$;

-- Copies of reference tables that are missing (all, or of one shard on one node), and how to make each.
create function citus_internal.reference_copies_to_make(p_shardid bigint default null, p_nodeid integer default null)
returns table (shardid bigint, nodeid integer, source integer, copy jsonb) language sql as $$
  select m.shardid, m.nodeid, s.nodeid, citus_internal.describe_move(m.shardid, s, t) || jsonb_build_object('shards',
           jsonb_build_array(jsonb_build_object('shardid', m.shardid, 'relation', citus_internal.qualified(m.logicalrelid),
             'name', pg_catalog.shard_name(m.logicalrelid, m.shardid, false),
             'foreignKeys', citus_internal.shard_foreign_keys(m.logicalrelid, m.shardid))))
    from citus_internal.missing_reference_copies m
    join pg_catalog.pg_dist_node s on s.groupid = m.source_groupid and s.noderole = 'primary'
    join pg_catalog.pg_dist_node t on t.nodeid = m.nodeid
   where (p_shardid is null or m.shardid = p_shardid) and (p_nodeid is null or m.nodeid = p_nodeid)
   order by m.shardid, m.nodeid
$$;

create function citus_internal.report_copy(p_shardid bigint, p_source integer, p_target integer) returns void language sql as $$
  insert into citus_internal.progress
  select pg_catalog.pg_backend_pid(), current_user::regrole, 'copy', s.shardid, s.logicalrelid, p_source, p_target, 1, 'Setting Up', null
    from pg_catalog.pg_dist_shard s where s.shardid = p_shardid
$$;

-- The queue.
create function citus_internal.startable_tasks() returns setof pg_catalog.pg_dist_background_task language plpgsql as $$
declare
  executors integer := citus_internal.setting_number('citus.max_background_task_executors', 1);
  per_node integer := citus_internal.setting_number('citus.max_background_task_executors_per_node', 1);
  running integer;
  busy integer[];
  t pg_catalog.pg_dist_background_task;
begin
  select count(*), coalesce(array_agg(n) filter (where n is not null), '{}') into running, busy
    from pg_catalog.pg_dist_background_task k left join unnest(k.nodes_involved) n on true
   where k.status in ('running', 'cancelling');
  running := (select count(*) from pg_catalog.pg_dist_background_task k where k.status in ('running', 'cancelling'));
  for t in select * from pg_catalog.pg_dist_background_task k
            where k.status = 'runnable' and coalesce(k.not_before, '-infinity') <= now() order by k.task_id loop
    exit when running >= executors;
    continue when exists (select from unnest(t.nodes_involved) n where (select count(*) from unnest(busy) b where b = n) >= per_node);
    running := running + 1;
    busy := busy || coalesce(t.nodes_involved, '{}');
    return next t;
  end loop;
end $$;

create function citus_internal.task_started(p_taskid bigint, p_pid integer) returns boolean language plpgsql as $$
declare
  job bigint;
begin
  update pg_catalog.pg_dist_background_task set status = 'running', pid = p_pid, retry_count = coalesce(retry_count, 0)
   where task_id = p_taskid and status = 'runnable' returning job_id into job;
  if job is null then return false; end if;
  perform citus_internal.refresh_job(job);
  return true;
end $$;

create function citus_internal.task_done(p_taskid bigint) returns void language plpgsql as $$
declare
  job bigint;
begin
  update pg_catalog.pg_dist_background_task set status = 'done', pid = null, message = 'SELECT 1' || chr(10)
   where task_id = p_taskid returning job_id into job;
  update pg_catalog.pg_dist_background_task t set status = 'runnable'
   where t.job_id = job and t.status = 'blocked' and not exists (
           select from pg_catalog.pg_dist_background_task_depend d
             join pg_catalog.pg_dist_background_task k on k.task_id = d.depends_on
            where d.task_id = t.task_id and k.status <> 'done');
  perform citus_internal.refresh_job(job);
end $$;

-- Cancelled if somebody asked for that, else tried again: after 5 s, after 20 s, then every minute, 32 times in all.
create function citus_internal.task_failed(p_taskid bigint, p_message text) returns void language plpgsql as $$
declare
  t pg_catalog.pg_dist_background_task;
  tries integer;
begin
  select * into t from pg_catalog.pg_dist_background_task where task_id = p_taskid for update;
  tries := coalesce(t.retry_count, 0) + 1;
  if t.status in ('cancelling', 'cancelled') then
    update pg_catalog.pg_dist_background_task set status = 'cancelled', pid = null, message = p_message where task_id = p_taskid;
  elsif tries > 32 then
    update pg_catalog.pg_dist_background_task set status = 'error', pid = null, retry_count = tries, message = p_message,
           not_before = null where task_id = p_taskid;
    perform citus_internal.unschedule_after(p_taskid);
  else
    update pg_catalog.pg_dist_background_task set status = 'runnable', pid = null, retry_count = tries, message = p_message,
           not_before = clock_timestamp() + case tries when 1 then interval '5 s' when 2 then interval '20 s' else interval '60 s' end
     where task_id = p_taskid;
  end if;
  perform citus_internal.refresh_job(t.job_id);
end $$;

create function citus_internal.unschedule_after(p_taskid bigint) returns void language sql as $$
  with recursive later as (
    select d.task_id from pg_catalog.pg_dist_background_task_depend d where d.depends_on = p_taskid
    union
    select d.task_id from later l join pg_catalog.pg_dist_background_task_depend d on d.depends_on = l.task_id
  )
  update pg_catalog.pg_dist_background_task t set status = 'unscheduled' from later l where t.task_id = l.task_id
$$;

-- After a restart nobody works on what is marked as running.
create function citus_internal.reset_tasks() returns void language plpgsql as $$
declare
  job bigint;
begin
  delete from citus_internal.progress;
  for job in update pg_catalog.pg_dist_background_task
                set status = case status when 'running' then 'runnable' else 'cancelled' end::pg_catalog.citus_task_status, pid = null
              where status in ('running', 'cancelling') returning job_id loop
    perform citus_internal.refresh_job(job);
  end loop;
end $$;
grant usage on sequence pg_catalog.pg_dist_operationid_seq to public;
