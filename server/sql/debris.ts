import "server-only";
import { z } from "zod";
import { leftOnNodeSchema } from "@/lib/domain/debris";
import { nodeIdSchema } from "@/lib/domain/node";
import { int8 } from "@/server/pg/columns";
import { nodeQuestion, sql, statement } from "@/server/pg/sql";

/** More records than a person reads; the rest is counted in a later reading, when these are gone. */
const MOST = 500;

/**
 * What Citus has made and has yet to remove. Joined by group, because an address may have changed since; a group without a
 * primary is a node that left. Policy 2 waits for its deferred drop after a success.
 */
export const listRecords = statement({
  name: "debris.records",
  access: "read",
  fanOut: "none",
  text: sql`
    select c.record_id, c.object_type, c.object_name, c.node_group_id, c.policy_type, n.nodeid
      from pg_catalog.pg_dist_cleanup c
      left join pg_catalog.pg_dist_node n on n.groupid = c.node_group_id and n.noderole = 'primary'
     order by c.record_id
     limit $1`,
  values: () => [MOST],
  row: z.object({
    record_id: int8,
    object_type: z.int(),
    object_name: z.string(),
    node_group_id: z.int(),
    policy_type: z.int(),
    nodeid: nodeIdSchema.nullable(),
  }),
});

/**
 * What moves and splits have made on a node, by the names that Citus gives: it is there whether it is on record or not. A shard that no
 * placement puts on this node is told by its name: that of its table and the number of a shard that there is. Relations are looked up by their
 * row types, because Citus takes shards out of pg_class for most applications; tableoid is what tells a table from a composite type.
 */
export const ownLeftovers = nodeQuestion({
  name: "debris.ownLeftovers",
  text: sql`
    select json_build_object(
             'slots', coalesce((select json_agg(json_build_object('name', s.slot_name, 'active', s.active, 'retainedBytes',
                                         case when not pg_catalog.pg_is_in_recovery()
                                              then pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_current_wal_lsn(), s.restart_lsn) end))
                                  from pg_catalog.pg_replication_slots s
                                 where s.database = current_database() and s.slot_name ~ '^citus_shard_(move|split)_'), '[]'),
             'subscriptions', coalesce((select json_agg(distinct s.subname)
                                          from pg_catalog.pg_stat_subscription s
                                         where s.subname ~ '^citus_shard_(move|split)_'), '[]'),
             'publications', coalesce((select json_agg(p.pubname) from pg_catalog.pg_publication p
                                        where p.pubname ~ '^citus_shard_(move|split)_'), '[]'),
             'shards', coalesce((select json_agg(o.name order by o.name) from (
                 select format('%I.%I', n.nspname, t.typname) as name
                   from pg_catalog.pg_dist_shard s
                   join pg_catalog.pg_class c on c.oid = s.logicalrelid
                   join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                   join pg_catalog.pg_type t on t.typnamespace = n.oid and t.typtype = 'c' and t.typname = c.relname || '_' || s.shardid
                  where exists (select from pg_catalog.pg_attribute a where a.attrelid = t.typrelid and a.attname = 'tableoid')
                    and not exists (select from pg_catalog.pg_dist_placement p
                                     where p.shardid = s.shardid and p.groupid = (select l.groupid from pg_catalog.pg_dist_local_group l))
                  limit 500) o), '[]'))::text as answer`,
  answer: leftOnNodeSchema,
});

/** Removes what no operation uses any more. What is in use is left alone; what cannot be removed stays on record, with a WARNING. */
export const clean = statement({
  name: "debris.clean",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`call pg_catalog.citus_cleanup_orphaned_resources()`,
  values: () => [],
  row: z.unknown(),
});
