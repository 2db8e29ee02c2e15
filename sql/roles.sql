-- The console's logins with the least they need. Idempotent: run it again after an upgrade of Citus, or when a new owner of
-- tables appears.
--
-- On the coordinator, as a superuser, in the database of the cluster; Citus passes roles and memberships on to the workers:
--
--     psql -h coordinator -U postgres -d shop -f sql/roles.sql
--     psql -h coordinator -U postgres -d shop -c '\password shardboard_read' -c '\password shardboard_ops'
--
-- `npm run shardboard -- check` then says what is still missing, and where. For a worker that it names (roles were made before
-- Citus was there, or citus.enable_create_role_propagation is off), run it on that worker with -v here=1.
--
-- Variables (-v name=value):
--     read    the login that looks                                  shardboard_read
--     ops     the login that changes what operators may change      shardboard_ops
--     owners  all: ops becomes a member of the roles that own tables, which moving and distributing need; none: it does not
--     here    1: on this node only, nothing is passed on            0
--
-- The third login, for what Citus allows to superusers only (add and activate nodes, metadata sync, clones, copies of placements, restore points), is a
-- superuser of yours. The console does without it, and its buttons for those things then say so.
\set ON_ERROR_STOP on
\if :{?read} \else \set read shardboard_read \endif
\if :{?ops} \else \set ops shardboard_ops \endif
\if :{?owners} \else \set owners all \endif
\if :{?here} \else \set here 0 \endif

select set_config('shardboard.read', :'read', false) as read,
       set_config('shardboard.ops', :'ops', false) as ops,
       set_config('shardboard.owners', :'owners', false) as owners,
       set_config('shardboard.here', :'here', false) as here;

-- On this node only: Citus would refuse role commands on a worker, or send them to nodes where they were run already.
do $$
declare
  wanted text;
begin
  if current_setting('shardboard.here') = '1' then
    foreach wanted in array array['citus.enable_ddl_propagation', 'citus.enable_create_role_propagation',
                                   'citus.enable_alter_role_propagation', 'citus.enable_alter_role_set_propagation'] loop
      if exists (select from pg_catalog.pg_settings where name = wanted) then
        perform set_config(wanted, 'off', false);
      end if;
    end loop;
  end if;
end $$;

-- The two logins. A password is set by you; a login without one cannot sign in where pg_hba.conf wants one.
do $$
declare
  login text;
begin
  foreach login in array array[current_setting('shardboard.read'), current_setting('shardboard.ops')] loop
    if not exists (select from pg_catalog.pg_roles where rolname = login) then
      execute format('create role %I login', login);
    end if;
    -- Only where it was taken from PUBLIC: Citus lets nobody grant it on a worker.
    if not has_database_privilege(login, current_database(), 'connect') then
      execute format('grant connect on database %I to %I', current_database(), login);
    end if;
    -- Names in somebody's schema never stand in for the catalog's own.
    execute format('alter role %I set search_path = pg_catalog, pg_temp', login);
    -- Other users' sessions and statements, sizes, settings, replication.
    execute format('grant pg_monitor to %I', login);
  end loop;
  -- A second wall beside the missing rights; the console sets it for its sessions as well.
  execute format('alter role %I set default_transaction_read_only = on', current_setting('shardboard.read'));
  -- Cancelling and ending sessions of everybody but superusers.
  execute format('grant pg_signal_backend to %I', current_setting('shardboard.ops'));
end $$;

-- Into schemas that hold tables of Citus: one that a login may not enter hides the sizes of all shards of a node.
do $$
declare
  login text;
  schema_name text;
begin
  -- Citus passes these on, and lets nobody give them on a worker.
  if (select groupid <> 0 from pg_catalog.pg_dist_local_group) then
    return;
  end if;
  foreach login in array array[current_setting('shardboard.read'), current_setting('shardboard.ops')] loop
    for schema_name in
      select distinct n.nspname from pg_catalog.pg_dist_partition p
        join pg_catalog.pg_class c on c.oid = p.logicalrelid
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where not pg_catalog.has_schema_privilege(login, n.oid, 'usage')
    loop
      execute format('grant usage on schema %I to %I', schema_name, login);
    end loop;
  end loop;
end $$;

-- Functions that PUBLIC may not call and that a GRANT can open: Citus' own, and pg_reload_conf, with which a changed setting
-- counts. Those that look for a superuser themselves are left out.
do $$
declare
  routine regprocedure;
begin
  for routine in
    select p.oid from pg_catalog.pg_proc p
     where p.pronamespace = 'pg_catalog'::regnamespace and p.proname = any (array[
             'citus_add_inactive_node', 'citus_add_secondary_node', 'citus_disable_node', 'citus_drain_node',
             'citus_pause_node_within_txn', 'citus_remove_node', 'citus_set_coordinator_host', 'citus_set_node_property',
             'citus_stat_counters_reset', 'citus_stat_statements_reset', 'citus_update_node', 'pg_reload_conf',
             'replicate_reference_tables'])
  loop
    execute format('grant execute on function %s to %I', routine, current_setting('shardboard.ops'));
  end loop;
end $$;

-- What those functions send to the workers is run there as the login itself, and writes these catalogs. On the coordinator
-- they are not opened. A worker that joins later has to be told too: run this script on it with -v here=1.
do $$
declare
  opening text := format('grant insert, update, delete on pg_catalog.pg_dist_node to %1$I; grant update on pg_catalog.pg_dist_local_group to %1$I; grant delete on pg_catalog.pg_dist_placement to %1$I',
                         current_setting('shardboard.ops'));
  is_member boolean := exists (select from pg_catalog.pg_dist_node);
  is_coordinator boolean := is_member and (select groupid = 0 from pg_catalog.pg_dist_local_group);
  failed record;
begin
  if is_coordinator and current_setting('shardboard.here') <> '1' then
    for failed in
      select n.nodename, n.nodeport, r.result
        from pg_catalog.run_command_on_workers(opening) r
        join pg_catalog.pg_dist_node n on n.nodename = r.nodename and n.nodeport = r.nodeport
       where not r.success
    loop
      raise warning 'On %:% nothing was granted: %', failed.nodename, failed.nodeport, failed.result;
    end loop;
  elsif not is_coordinator then
    execute opening;
  end if;
end $$;

-- Moving, rebalancing and distributing tables is for their owners. A superuser's tables are left out: whoever belongs to a
-- superuser can become one. Give such tables another owner, or move them with a superuser.
do $$
declare
  owner record;
begin
  if current_setting('shardboard.owners') <> 'all' then
    return;
  end if;
  for owner in
    select r.rolname, r.rolsuper, count(*) as tables
      from pg_catalog.pg_class c
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_roles r on r.oid = c.relowner
     where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'citus', 'citus_internal', 'columnar')
       and not exists (select from pg_catalog.pg_depend d
                        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
     group by r.rolname, r.rolsuper
  loop
    if owner.rolsuper then
      raise notice 'The superuser % owns % tables: % cannot move, rebalance or distribute them.', owner.rolname, owner.tables, current_setting('shardboard.ops');
    elsif owner.rolname <> current_setting('shardboard.ops') then
      execute format('grant %I to %I', owner.rolname, current_setting('shardboard.ops'));
    end if;
  end loop;
end $$;

-- How many moves run side by side, where PostgreSQL can give away single settings (15 and newer).
do $$
declare
  wanted text;
begin
  if current_setting('server_version_num')::int >= 150000 then
    foreach wanted in array array['citus.max_background_task_executors', 'citus.max_background_task_executors_per_node'] loop
      if exists (select from pg_catalog.pg_settings where name = wanted) then
        execute format('grant alter system on parameter %I.%I to %I', split_part(wanted, '.', 1), split_part(wanted, '.', 2), current_setting('shardboard.ops'));
      end if;
    end loop;
  end if;
end $$;
