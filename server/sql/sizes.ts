import "server-only";
import { z } from "zod";
import { nodeQuestion, sql } from "@/server/pg/sql";

/**
 * The sizes of a node's own shards, asked of each node by itself: one that hangs costs its own numbers only.
 *
 * The shard's relation is looked up in pg_class rather than by regclass: a schema on which this login has no USAGE would
 * fail the whole answer. shard_name() is asked for the name because a long one is cut and hashed. What is gone or hidden
 * is left out, which reads as unknown. Lane `node` sets `citus.override_table_visibility = off`, without which a worker
 * hides its shards from pg_class.
 */
export const ownShardSizes = nodeQuestion({
  name: "sizes.ownShards",
  text: sql`
    select coalesce(json_agg(json_build_array(found.shardid, found.bytes)), '[]')::text as answer
      from (select s.shardid, pg_catalog.pg_total_relation_size(r.oid) as bytes
              from pg_catalog.pg_dist_local_group g
              join pg_catalog.pg_dist_placement p on p.groupid = g.groupid
              join pg_catalog.pg_dist_shard s on s.shardid = p.shardid
              join pg_catalog.pg_class c on c.oid = s.logicalrelid
              join pg_catalog.pg_class r on r.relnamespace = c.relnamespace
               and r.relname = (select part[array_upper(part, 1)]
                                  from parse_ident(pg_catalog.shard_name(s.logicalrelid, s.shardid)) part)) found
     where found.bytes is not null`,
  answer: z.array(z.tuple([z.number(), z.number()])),
});
