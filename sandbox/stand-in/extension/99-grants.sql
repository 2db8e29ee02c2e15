-- Who may call what: as catalog.json recorded it.
do $$
declare f regprocedure;
begin
  for f in select p.oid from pg_catalog.pg_proc p
            where p.pronamespace = 'pg_catalog'::regnamespace and p.proname = any (array[
              'check_distributed_deadlocks', 'citus_activate_node', 'citus_add_clone_node',
              'citus_add_clone_node_with_nodeid', 'citus_add_inactive_node', 'citus_add_node',
              'citus_add_secondary_node', 'citus_disable_node', 'citus_drain_node', 'citus_pause_node_within_txn',
              'citus_promote_clone_and_rebalance', 'citus_remote_connection_stats', 'citus_remove_clone_node',
              'citus_remove_clone_node_with_nodeid', 'citus_remove_node', 'citus_set_coordinator_host',
              'citus_set_node_property', 'citus_stat_counters_reset', 'citus_stat_statements_reset',
              'citus_stat_tenants', 'citus_stat_tenants_local', 'citus_update_node',
              'get_snapshot_based_node_split_plan', 'recover_prepared_transactions', 'replicate_reference_tables',
              'start_metadata_sync_to_all_nodes', 'start_metadata_sync_to_node', 'stop_metadata_sync_to_node']) loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;

-- A view opens for pg_monitor what PUBLIC may not call.
grant execute on all functions in schema citus_internal to public;
do $$
declare f regprocedure;
begin
  for f in select p.oid from pg_catalog.pg_proc p
            where p.pronamespace = 'citus_internal'::regnamespace
              and (p.proname like 'dblink%' or p.proname like 'outbox%' or p.proname = 'links_close') loop
    execute format('revoke all on function %s from public', f);
  end loop;
end $$;
