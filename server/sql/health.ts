import "server-only";
import { z } from "zod";
import { timestamp } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

/** Whether this database has Citus at all: asked apart, because every other question would fail on the missing functions. */
export const findExtension = statement({
  name: "health.findExtension",
  access: "read",
  fanOut: "none",
  text: sql`select extversion from pg_catalog.pg_extension where extname = 'citus'`,
  values: () => [],
  row: z.object({ extversion: z.string() }),
});

/**
 * Who answers here, and what its version can do. Functions are looked up by signature: a library may run with an
 * extension schema one minor behind, so version numbers lie about which overloads exist.
 */
export const probe = statement({
  name: "health.probe",
  access: "read",
  fanOut: "none",
  text: sql`
    select pg_catalog.citus_version() as citus_version,
           current_setting('server_version') as postgres_version,
           current_database()::text as database,
           current_user::text as login,
           (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as is_superuser,
           pg_is_in_recovery() as in_recovery,
           (select groupid = 0 from pg_catalog.pg_dist_local_group) as is_coordinator,
           pg_postmaster_start_time() as server_started_at,
           exists (select from pg_catalog.pg_proc where proname = 'citus_rebalance_start') as "rebalanceStart",
           exists (select from pg_catalog.pg_proc
                    where proname = 'citus_rebalance_start' and 'parallel_transfer_colocated_shards' = any (proargnames)) as "parallelRebalance",
           to_regprocedure('pg_catalog.citus_rebalance_status(boolean)') is not null as "jobStatus",
           to_regprocedure('pg_catalog.citus_job_list()') is not null as "jobList",
           to_regprocedure('pg_catalog.run_command_on_all_nodes(text,boolean,boolean)') is not null as "runOnAllNodes",
           to_regclass('pg_catalog.citus_stat_activity') is not null as "statActivity",
           to_regclass('pg_catalog.citus_lock_waits') is not null as "lockWaits",
           to_regprocedure('pg_catalog.pg_cancel_backend(bigint)') is not null as "globalCancel",
           to_regprocedure('pg_catalog.citus_check_connection_to_node(text,integer)') is not null as "checkConnection",
           to_regprocedure('pg_catalog.citus_local_disk_space_stats()') is not null as "diskStats",
           to_regprocedure('pg_catalog.citus_add_clone_node(text,integer,text,integer)') is not null as "addClone",
           exists (select from pg_catalog.pg_attribute
                    where attrelid = to_regclass('pg_catalog.pg_dist_background_task') and attname = 'nodes_involved') as "nodesInvolved",
           exists (select from pg_catalog.pg_proc where proname = 'create_distributed_table_concurrently') as "distributeConcurrently",
           to_regclass('pg_catalog.pg_dist_schema') is not null as "schemaSharding",
           to_regclass('pg_catalog.pg_dist_cleanup') is not null as cleanup`,
  values: () => [],
  row: z.looseObject({
    citus_version: z.string(),
    postgres_version: z.string(),
    database: z.string(),
    login: z.string(),
    is_superuser: z.boolean(),
    in_recovery: z.boolean(),
    is_coordinator: z.boolean().nullable(),
    server_started_at: timestamp,
  }),
});
