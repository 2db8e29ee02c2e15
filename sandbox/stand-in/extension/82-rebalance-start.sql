create function citus_internal.has_replica_identity(p_rel regclass) returns boolean language sql stable as $$
  select c.relkind = 'p' or c.relreplident = 'f' or exists (
           select from pg_catalog.pg_index i where i.indrelid = c.oid
              and (c.relreplident = 'd' and i.indisprimary or c.relreplident = 'i' and i.indisreplident))
    from pg_catalog.pg_class c where c.oid = p_rel
$$;

create function citus_internal.need_replica_identity(p_rel regclass) returns void language plpgsql stable as $$
begin
  if not citus_internal.has_replica_identity(p_rel) then
    perform citus_internal.fail('0A000', format('cannot use logical replication to transfer shards of the relation %s since '
        'it doesn''t have a REPLICA IDENTITY or PRIMARY KEY', citus_internal.bare_name(p_rel)),
      'UPDATE and DELETE commands on the shard will error out during logical replication unless there is a REPLICA '
      'IDENTITY or PRIMARY KEY.',
      'If you wish to continue without a replica identity set the shard_transfer_mode to ''force_logical'' or ''block_writes''.');
  end if;
end $$;

create function citus_internal.refuse_second_rebalance() returns void language plpgsql stable as $$
declare
  id bigint := citus_internal.newest_job(true);
begin
  if id is not null then
    perform citus_internal.fail('XX000', format('A rebalance is already running as job %s', id),
      'A rebalance was already scheduled as background job',
      'To monitor progress, run: SELECT * FROM citus_rebalance_status();');
  end if;
end $$;

create function pg_catalog.citus_rebalance_start(rebalance_strategy name default null, drain_only boolean default false,
  shard_transfer_mode citus.shard_transfer_mode default 'auto', parallel_transfer_reference_tables boolean default false,
  parallel_transfer_colocated_shards boolean default false) returns bigint language plpgsql as $$
declare
  t regclass;
  moves jsonb;
begin
  perform citus_internal.need_coordinator();
  perform citus_internal.strategy_named($1);
  if not exists (select from citus_internal.representative_tables(null)) then
    raise notice 'No tables to rebalance';
    return null;
  end if;
  perform citus_internal.refuse_second_rebalance();
  for t in select p.logicalrelid from pg_catalog.pg_dist_partition p
            where p.colocationid <> 0 and p.repmodel <> 't' order by p.colocationid, p.logicalrelid::oid loop
    perform citus_internal.need_owner(t);
  end loop;
  -- Planned as the caller, because it measures shards as the caller.
  select jsonb_agg(to_jsonb(m) order by m.ord) into moves
    from citus_internal.plan_now(null, null, 1000000, '{}', $2, $1, null) m;
  if moves is null then
    raise notice 'No moves available for rebalancing';
    return null;
  end if;
  if $3 = 'auto' then
    for t in select distinct c.logicalrelid from jsonb_to_recordset(moves) as m(shardid bigint)
              cross join lateral citus_internal.colocated_shards(m.shardid) c order by 1 loop
      perform citus_internal.need_replica_identity(t);
    end loop;
  end if;
  return citus_internal.schedule_rebalance(moves, $3, $4, $5);
end $$;

create function citus_internal.add_task(p_jobid bigint, p_owner regrole, p_command text, p_after bigint[], p_nodes integer[])
returns bigint language plpgsql as $$
declare
  id bigint;
begin
  insert into pg_catalog.pg_dist_background_task (job_id, owner, status, command, nodes_involved)
  values (p_jobid, p_owner, case when cardinality(p_after) > 0 then 'blocked' else 'runnable' end::pg_catalog.citus_task_status,
          p_command, p_nodes) returning task_id into id;
  insert into pg_catalog.pg_dist_background_task_depend
  select distinct p_jobid, id, a from unnest(p_after) a;
  return id;
end $$;

-- A move waits for the previous one of its colocation group (unless asked not to), for every earlier move that makes room
-- on its target, and, if for none of these, for the copies of reference tables.
create function citus_internal.schedule_rebalance(p_moves jsonb, p_mode citus.shard_transfer_mode, p_parallel_reference boolean,
  p_parallel_group boolean) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  job bigint;
  owner regrole := citus_internal.caller()::regrole;
  copies bigint[];
  previous jsonb := '{}';
  m record;
  waits_for bigint[];
  made jsonb := '[]';
  id bigint;
begin
  insert into pg_dist_background_job (job_type, description) values ('rebalance', 'Rebalance all colocation groups')
    returning job_id into job;
  copies := citus_internal.add_reference_tasks(job, p_mode, p_parallel_reference);
  for m in select j.*, p.colocationid from jsonb_to_recordset(p_moves) as j(ord integer, shardid bigint, source integer, target integer)
             join pg_dist_shard s using (shardid) join pg_dist_partition p using (logicalrelid) order by j.ord loop
    waits_for := array(select (e ->> 'id')::bigint from jsonb_array_elements(made) e where (e ->> 'source')::integer = m.target);
    if not p_parallel_group and previous ? m.colocationid::text then
      waits_for := waits_for || (previous ->> m.colocationid::text)::bigint;
    end if;
    if cardinality(waits_for) = 0 then waits_for := copies; end if;
    id := citus_internal.add_task(job, owner, format('SELECT pg_catalog.citus_move_shard_placement(%s,%s,%s,''%s'')',
      m.shardid, m.source, m.target, p_mode), waits_for, array[m.source, m.target]);
    previous := previous || jsonb_build_object(m.colocationid::text, id);
    made := made || jsonb_build_object('id', id, 'source', m.source);
  end loop;
  raise notice using message = format('Scheduled %s moves as job %s', jsonb_array_length(p_moves), job),
    detail = 'Rebalance scheduled as background job',
    hint = 'To monitor progress, run: SELECT * FROM citus_rebalance_status();';
  return job;
end $$;

create function citus_internal.add_reference_tasks(p_jobid bigint, p_mode citus.shard_transfer_mode, p_parallel boolean)
returns bigint[] language plpgsql as $$
declare
  ids bigint[] := '{}';
  m record;
begin
  if not exists (select from citus_internal.missing_reference_copies) then return ids; end if;
  if not p_parallel then
    return array[citus_internal.add_task(p_jobid, current_user::regrole,
      format('SELECT pg_catalog.replicate_reference_tables(''%s'')', p_mode), '{}', '{}')];
  end if;
  for m in select c.shardid, c.nodeid, s.nodeid as source from citus_internal.missing_reference_copies c
             join pg_catalog.pg_dist_node s on s.groupid = c.source_groupid and s.noderole = 'primary' order by 1, 2 loop
    ids := ids || citus_internal.add_task(p_jobid, current_user::regrole,
      format('SELECT citus_internal.citus_internal_copy_single_shard_placement(%s,%s,%s,%s,''%s'')',
             m.shardid, m.source, m.nodeid, 0, p_mode), '{}', array[m.source, m.nodeid]);
  end loop;
  return ids;
end $$;
