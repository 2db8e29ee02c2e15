import "server-only";
import { z } from "zod";
import { nodeFactsSchema } from "@/lib/domain/node-facts";
import { int8 } from "@/server/pg/columns";
import { nodeQuestion, sql, statement } from "@/server/pg/sql";

/**
 * Every node the coordinator knows, with how many shard placements its group holds.
 *
 * Reads Citus' own catalogs only, so it still answers while workers are down. Joined on groupid, not nodename: a node can
 * be re-added under the same name with a new group. Clone columns came with 13.2 and are read through the row as JSON, so
 * that one statement serves every version.
 */
export const listNodes = statement({
  name: "nodes.list",
  access: "read",
  fanOut: "none",
  text: sql`
    select n.nodeid, n.groupid, n.nodename, n.nodeport, n.noderole::text as noderole, n.isactive, n.hasmetadata,
           n.metadatasynced, n.shouldhaveshards,
           coalesce((to_jsonb(n) ->> 'nodeisclone')::boolean, false) as is_clone,
           (select count(*) from pg_catalog.pg_dist_placement p where p.groupid = n.groupid and n.noderole = 'primary') as placements
      from pg_catalog.pg_dist_node n
     where n.nodecluster = current_setting('citus.cluster_name')
     order by n.groupid, n.noderole, n.nodeid`,
  values: () => [],
  row: z.object({
    nodeid: z.int(),
    groupid: z.int(),
    nodename: z.string(),
    nodeport: z.int(),
    noderole: z.enum(["primary", "secondary", "unavailable"]),
    isactive: z.boolean(),
    hasmetadata: z.boolean(),
    metadatasynced: z.boolean(),
    shouldhaveshards: z.boolean(),
    is_clone: z.boolean(),
    placements: int8,
  }),
});

/** Whether nodes of this version can say how full their disk is. Asked by signature, at the coordinator. */
export const hasDiskStats = statement({
  name: "nodes.hasDiskStats",
  access: "read",
  fanOut: "none",
  text: sql`select to_regprocedure('pg_catalog.citus_local_disk_space_stats()') is not null as has_disk_stats`,
  values: () => [],
  row: z.object({ has_disk_stats: z.boolean() }),
});

/**
 * A node about itself, in one row of JSON. Counting client sessions needs no right to see their text.
 * Where the disk function is missing it may not even be named, so the fragment is left out.
 */
export const ownFacts = ({ withDisk }: { withDisk: boolean }) =>
  nodeQuestion({
    name: "nodes.ownFacts",
    text: sql`
    select jsonb_build_object(
             'postgresVersion', current_setting('server_version'),
             'citusVersion', split_part(pg_catalog.citus_version(), ' on ', 1),
             'extensionVersion', (select extversion from pg_catalog.pg_extension where extname = 'citus'),
             'connectionsUsed', (select count(*) from pg_catalog.pg_stat_activity where backend_type = 'client backend'),
             'connectionsMax', current_setting('max_connections')::int,
             'diskFreeBytes', disk.available_disk_size,
             'diskTotalBytes', disk.total_disk_size,
             'inRecovery', pg_catalog.pg_is_in_recovery(),
             'walLevel', current_setting('wal_level'),
             'outputPluginLibraries', current_setting('output_plugin_libraries', true),
             'startedAt', floor(extract(epoch from pg_catalog.pg_postmaster_start_time()) * 1000),
             'uptimeSeconds', floor(extract(epoch from clock_timestamp() - pg_catalog.pg_postmaster_start_time()))
           )::text as answer
      from ${withDisk ? DISK : NO_DISK}`,
    answer: nodeFactsSchema,
  });

const DISK = sql`pg_catalog.citus_local_disk_space_stats() as disk`;
const NO_DISK = sql`(values (null::bigint, null::bigint)) as disk (available_disk_size, total_disk_size)`;
