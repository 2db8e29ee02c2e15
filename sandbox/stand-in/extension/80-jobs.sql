-- Background jobs: their rows and what may be done to them. The daemon carries them out.
create unlogged table citus_internal.progress (
  sessionid integer not null, owner regrole not null, operation_type text not null, shardid bigint not null,
  logicalrelid regclass not null, source integer not null, target integer not null,
  progress bigint not null, status text not null, target_lsn pg_lsn,
  primary key (sessionid, shardid, target)
);

-- The state of a job follows from its tasks.
create function citus_internal.refresh_job(p_jobid bigint) returns void language plpgsql as $$
declare
  n record;
  next pg_catalog.citus_job_status;
begin
  select count(*) filter (where status = 'cancelling') as cancelling, count(*) filter (where status = 'cancelled') as cancelled,
         count(*) filter (where status <> 'done') as not_done, count(*) filter (where status in ('error', 'unscheduled')) as bad,
         count(*) filter (where status in ('blocked', 'runnable', 'running')) as to_do
    into n from pg_catalog.pg_dist_background_task where job_id = p_jobid;
  next := case when n.cancelling > 0 then 'cancelling' when n.cancelled > 0 then 'cancelled'
               when n.not_done = 0 then 'finished' when n.bad > 0 and n.to_do > 0 then 'failing'
               when n.bad > 0 then 'failed' else 'running' end;
  update pg_catalog.pg_dist_background_job j set state = next,
         started_at = coalesce(j.started_at, case when next not in ('cancelled', 'cancelling') then clock_timestamp() end),
         finished_at = coalesce(j.finished_at, case when next in ('cancelled', 'finished', 'failed') then clock_timestamp() end)
   where j.job_id = p_jobid;
end $$;

create function pg_catalog.citus_job_list() returns table (job_id bigint, state pg_catalog.citus_job_status, job_type name,
  description text, started_at timestamptz, finished_at timestamptz) language sql volatile as $$
  select j.job_id, j.state, j.job_type, j.description, j.started_at, j.finished_at
    from pg_catalog.pg_dist_background_job j order by j.job_id
$$;

create function citus_internal.must_cancel(t pg_catalog.pg_dist_background_task) returns void language plpgsql stable as $$
declare
  who name := citus_internal.caller();
  is_super boolean := (select r.rolsuper from pg_catalog.pg_roles r where r.oid = t.owner);
begin
  if citus_internal.caller_is_superuser() then return; end if;
  if is_super then
    perform citus_internal.fail('42501', 'must be a superuser to cancel superuser tasks');
  elsif not pg_has_role(who, t.owner, 'member') and not pg_has_role(who, 'pg_signal_backend', 'member') then
    perform citus_internal.fail('42501',
      'must be a member of the role whose task is being canceled or member of pg_signal_backend');
  end if;
end $$;

create function pg_catalog.citus_job_cancel(jobid bigint) returns void language plpgsql strict security definer
set search_path = pg_catalog as $$
declare
  t pg_dist_background_task;
begin
  if not exists (select from pg_dist_background_job j where j.job_id = jobid) then
    perform citus_internal.fail('XX000', format('could not find background jobs entry for job_id: %s', jobid));
  end if;
  for t in select * from pg_dist_background_task k where k.job_id = jobid
             and k.status in ('blocked', 'runnable', 'running', 'cancelling') order by k.task_id for update loop
    perform citus_internal.must_cancel(t);
    if t.status = 'running' and t.pid is not null then
      update pg_dist_background_task k set status = 'cancelling' where k.task_id = t.task_id;
      perform pg_cancel_backend(t.pid::integer);
    else
      update pg_dist_background_task k set status = 'cancelled', pid = null where k.task_id = t.task_id;
    end if;
  end loop;
  perform citus_internal.refresh_job(jobid);
end $$;

create function citus_internal.newest_job(p_running_only boolean) returns bigint language sql stable as $$
  select max(j.job_id) from pg_catalog.pg_dist_background_job j
   where j.job_type = 'rebalance'
     and (not p_running_only or j.state in ('scheduled', 'running', 'cancelling', 'failing'))
$$;

create function pg_catalog.citus_rebalance_stop() returns void language plpgsql as $$
declare
  id bigint := citus_internal.newest_job(true);
begin
  if id is null then perform citus_internal.fail('XX000', 'no ongoing rebalance that can be stopped'); end if;
  perform pg_catalog.citus_job_cancel(id);
end $$;

create function pg_catalog.citus_job_wait(jobid bigint, desired_status pg_catalog.citus_job_status default null)
returns void language plpgsql as $$
declare
  now_state pg_catalog.citus_job_status;
begin
  loop
    select j.state into now_state from pg_catalog.pg_dist_background_job j where j.job_id = jobid;
    if not found then
      perform citus_internal.fail('XX000', format('no job found for job with jobid: %s', jobid));
    end if;
    if now_state = desired_status then return; end if;
    if now_state in ('finished', 'cancelled', 'failed') then
      if desired_status is null then return; end if;
      perform citus_internal.fail('XX000', format('Job reached terminal state "%s" instead of desired state "%s"',
                                                  now_state, desired_status));
    end if;
    perform pg_sleep(0.2);
  end loop;
end $$;

create function pg_catalog.citus_task_wait(taskid bigint, desired_status pg_catalog.citus_task_status default null)
returns void language plpgsql as $$
declare
  now_state pg_catalog.citus_task_status;
begin
  loop
    select t.status into now_state from pg_catalog.pg_dist_background_task t where t.task_id = taskid;
    if not found then
      perform citus_internal.fail('XX000', format('no task found with taskid: %s', taskid));
    end if;
    if now_state = desired_status then return; end if;
    if now_state in ('done', 'error', 'unscheduled', 'cancelled') then
      if desired_status is null then return; end if;
      perform citus_internal.fail('XX000', format('Task reached terminal state "%s" instead of desired state "%s"',
                                                  now_state, desired_status));
    end if;
    perform pg_sleep(0.1);
  end loop;
end $$;

create function pg_catalog.citus_rebalance_wait() returns void language plpgsql as $$
declare
  id bigint := citus_internal.newest_job(true);
begin
  if id is null then
    raise warning 'no ongoing rebalance that can be waited on';
    return;
  end if;
  perform pg_catalog.citus_job_wait(id);
end $$;
