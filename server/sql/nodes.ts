import "server-only";
import { z } from "zod";
import { nodeIdSchema } from "@/lib/domain/node";
import { candidateFactsSchema, candidateMembershipSchema } from "@/lib/domain/node-candidate";
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
           (to_jsonb(n) ->> 'nodeprimarynodeid')::int4 as clone_of,
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
    clone_of: z.int().nullable(),
    placements: int8,
  }),
});

/** Whether nodes of this version can say how full their disk is, and this login may ask. By signature, at the coordinator; Citus lets everybody ask. */
export const hasDiskStats = statement({
  name: "nodes.hasDiskStats",
  access: "read",
  fanOut: "none",
  text: sql`
    select coalesce(pg_catalog.has_function_privilege(to_regprocedure('pg_catalog.citus_local_disk_space_stats()')::oid, 'execute'), false)
             as has_disk_stats`,
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
    // Says who is silent on every screen, so it gives up before the lane does.
    patienceMs: 1_500,
    answer: nodeFactsSchema,
  });

const DISK = sql`pg_catalog.citus_local_disk_space_stats() as disk`;
const NO_DISK = sql`(values (null::bigint, null::bigint)) as disk (available_disk_size, total_disk_size)`;

/**
 * Puts one question to every node through the coordinator, for nodes that this process cannot reach by itself. One row per
 * active primary, also where the node failed. The words run there under the node's own search_path, not under ours. More than
 * 32 MB from one node is no answer: together with the others' it would cut this session, and all their numbers with it.
 */
export const askAllNodes = statement({
  name: "nodes.ask",
  access: "read",
  fanOut: "all-nodes",
  text: sql`
    select nodeid, success, case when pg_catalog.octet_length(result) <= 33554432 then result end as result
      from pg_catalog.run_command_on_all_nodes($1::text)`,
  values: ({ command }: { command: string }) => [command],
  row: z.object({ nodeid: nodeIdSchema, success: z.boolean(), result: z.string().nullable() }),
});

/**
 * Whether the coordinator can connect to an address, member or not, as the login that would add it. false comes with a
 * WARNING that holds the driver's own words: refused, unknown host, no such database, password.
 */
export const checkConnection = statement({
  name: "nodes.checkConnection",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_check_connection_to_node($1, $2) as connected`,
  values: ({ host, port }: { host: string; port: number }) => [host, port],
  row: z.object({ connected: z.boolean() }),
});

/**
 * The same question put to every member: workers connect to each other for moves and joins. The command is quoted by the
 * server. The coordinator's own row has node id 0 while it is not registered.
 */
export const checkConnectionFromAll = statement({
  name: "nodes.checkConnectionFromAll",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select nodeid, success, result
      from pg_catalog.run_command_on_all_nodes(
             format('select pg_catalog.citus_check_connection_to_node(%L, %s)', $1::text, $2::int))`,
  values: ({ host, port }: { host: string; port: number }) => [host, port],
  row: z.object({ nodeid: z.int(), success: z.boolean(), result: z.string().nullable() }),
});

/**
 * Lets the coordinator put a question to a server that is no member yet, in the database of the same name. Sent from there
 * and not from here: the coordinator's view is the one that counts, and no password of ours goes to an address somebody typed.
 */
export const askCandidate = statement({
  name: "nodes.askCandidate",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select success, result from pg_catalog.master_run_on_worker(array[$1::text], array[$2::int], array[$3::text], false)`,
  values: ({ host, port, question }: { host: string; port: number; question: string }) => [host, port, question],
  row: z.object({ success: z.boolean(), result: z.string().nullable() }),
});

/** A server about itself before it joins. Names nothing of Citus: the extension may be missing there. */
export const candidateFacts = nodeQuestion({
  name: "nodes.candidateFacts",
  text: sql`
    select jsonb_build_object(
             'postgresVersion', current_setting('server_version'),
             'libraryVersion', current_setting('citus.version', true),
             'extensionVersion', (select extversion from pg_catalog.pg_extension where extname = 'citus'),
             'inRecovery', pg_catalog.pg_is_in_recovery(),
             'streamsFrom', (select sender_host || ':' || sender_port from pg_catalog.pg_stat_wal_receiver),
             'walLevel', current_setting('wal_level'),
             'isSuperuser', (select rolsuper from pg_catalog.pg_roles where rolname = current_user),
             'tables', (select count(*)
                          from pg_catalog.pg_class c join pg_catalog.pg_namespace s on s.oid = c.relnamespace
                         where c.relkind in ('r', 'p') and s.nspname <> 'information_schema' and s.nspname !~ '^(pg_|citus|columnar)')
           )::text as answer`,
  answer: candidateFactsSchema,
});

/** What only a server with the extension can say: which cluster it has been part of, and its identity as Citus sees it. */
export const candidateMembership = nodeQuestion({
  name: "nodes.candidateMembership",
  text: sql`
    select jsonb_build_object(
             'serverId', (select metadata ->> 'server_id' from pg_catalog.pg_dist_node_metadata limit 1),
             'coordinator', (select nodename || ':' || nodeport from pg_catalog.pg_dist_node where groupid = 0 and noderole = 'primary' limit 1),
             'otherNodes', (select count(*) from pg_catalog.pg_dist_node where groupid <> 0),
             'groupId', (select groupid from pg_catalog.pg_dist_local_group)
           )::text as answer`,
  answer: candidateMembershipSchema,
});

/**
 * Which logins may write a server's own list of nodes, as changes of nodes do on every worker with the login that runs them. None
 * where it has no Citus yet.
 */
export const candidateWriters = nodeQuestion({
  name: "nodes.candidateWriters",
  text: sql`
    select coalesce(json_agg(r.rolname) filter (
             where pg_catalog.has_table_privilege(r.oid, to_regclass('pg_catalog.pg_dist_node')::oid, 'insert')
               and pg_catalog.has_table_privilege(r.oid, to_regclass('pg_catalog.pg_dist_node')::oid, 'update')
               and pg_catalog.has_table_privilege(r.oid, to_regclass('pg_catalog.pg_dist_node')::oid, 'delete')
               and pg_catalog.has_table_privilege(r.oid, to_regclass('pg_catalog.pg_dist_placement')::oid, 'delete')), '[]')::text as answer
      from pg_catalog.pg_roles r
     where r.rolcanlogin`,
  answer: z.array(z.string()),
});

/** Citus' identity of the server that answers here, and the port it listens on: a copied data folder has the same identity. */
export const ownIdentity = statement({
  name: "nodes.ownIdentity",
  access: "ops",
  fanOut: "none",
  text: sql`
    select (select metadata ->> 'server_id' from pg_catalog.pg_dist_node_metadata limit 1) as server_id,
           current_setting('port')::int as port`,
  values: () => [],
  row: z.object({ server_id: z.string().nullable(), port: z.int() }),
});

/** What this login may do with a function of Citus. Some functions want a superuser whatever was granted, so both are told. */
export const rightTo = statement({
  name: "nodes.rightTo",
  access: "ops",
  fanOut: "none",
  text: sql`
    select current_user::text as login,
           (select rolsuper from pg_catalog.pg_roles where rolname = current_user) as is_superuser,
           exists (select from pg_catalog.pg_proc
                    where pronamespace = 'pg_catalog'::regnamespace and proname = $1 and has_function_privilege(oid, 'execute')) as may_call`,
  values: ({ routine }: { routine: string }) => [routine],
  row: z.object({ login: z.string(), is_superuser: z.boolean(), may_call: z.boolean() }),
});
