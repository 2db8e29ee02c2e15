import "server-only";
import { shardCountersSchema } from "@/lib/domain/shard-counters";
import { nodeQuestion, sql } from "@/server/pg/sql";

/**
 * What PostgreSQL has counted of a node's own shards, asked of each node by itself, a column each in the order of the ids.
 * Scans are those of the table and of its indexes; a partitioned parent has none of its own. The relation's oid comes along:
 * a shard that left and came back is another relation and counts from zero.
 *
 * The shard's relation is found as for its size (sizes.ownShards). The functions need no right, and read shared memory only.
 */
export const ownShardCounters = nodeQuestion({
  name: "shardActivity.ownShardCounters",
  text: sql`
    select pg_catalog.json_build_object(
             'shardIds', coalesce(pg_catalog.json_agg(found.shardid order by found.shardid), '[]'),
             'oids', coalesce(pg_catalog.json_agg(found.oid::int8 order by found.shardid), '[]'),
             'reads', coalesce(pg_catalog.json_agg(found.reads order by found.shardid), '[]'),
             'writes', coalesce(pg_catalog.json_agg(found.writes order by found.shardid), '[]'))::text as answer
      from (select s.shardid, r.oid,
                   pg_catalog.pg_stat_get_numscans(r.oid)
                     + coalesce((select pg_catalog.sum(pg_catalog.pg_stat_get_numscans(i.indexrelid)) from pg_catalog.pg_index i
                                  where i.indrelid = r.oid), 0)::int8 as reads,
                   pg_catalog.pg_stat_get_tuples_inserted(r.oid) + pg_catalog.pg_stat_get_tuples_updated(r.oid)
                     + pg_catalog.pg_stat_get_tuples_deleted(r.oid) as writes
              from pg_catalog.pg_dist_local_group g
              join pg_catalog.pg_dist_placement p on p.groupid = g.groupid
              join pg_catalog.pg_dist_shard s on s.shardid = p.shardid
              join pg_catalog.pg_class c on c.oid = s.logicalrelid
              join pg_catalog.pg_class r on r.relnamespace = c.relnamespace
               and r.relname = (select part[pg_catalog.array_upper(part, 1)]
                                  from pg_catalog.parse_ident(pg_catalog.shard_name(s.logicalrelid, s.shardid)) part)) found`,
  answer: shardCountersSchema,
});
