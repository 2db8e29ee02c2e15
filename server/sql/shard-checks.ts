import "server-only";
import { z } from "zod";
import { nodeIdSchema } from "@/lib/domain/node";
import { int8 } from "@/server/pg/columns";
import { nodeQuestion, sql, statement, wholeNumbers } from "@/server/pg/sql";
import { ROOM, ROOM_FROM, roomSchema } from "./node-room";

/**
 * A node's room, and what it has by the names of some shards: the placements themselves where it holds them, leftovers and
 * strangers where it does not. Shard names end with the shard's id, however long the table's is.
 */
export const shardRoom = (shardIds: readonly number[]) =>
  nodeQuestion({
    name: "shards.room",
    text: sql`
      select json_build_object(
               ${ROOM},
               'outputPlugins', current_setting('output_plugin_libraries', true),
               'relations', (select coalesce(json_agg(json_build_object(
                                      'name', quote_ident(n.nspname) || '.' || quote_ident(c.relname),
                                      'bytes', pg_catalog.pg_total_relation_size(c.oid))), '[]')
                               from pg_catalog.pg_class c
                               join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                              where c.relkind in ('r', 'p', 'v', 'm', 'f')
                                and n.nspname !~ '^pg_'
                                and substring(c.relname from '_([0-9]+)$') = any (array[${wholeNumbers(shardIds)}]::text[])))::text as answer
        from ${ROOM_FROM}`,
    answer: roomSchema.extend({
      outputPlugins: z.string().nullable(),
      relations: z.array(z.object({ name: z.string(), bytes: z.number().nullable() })),
    }),
  });

/**
 * What of the coordinator decides: which of the tables the login does not own, how many reference tables some of the node groups
 * lack and whether it may copy them there, the share of a target's disk that a move must leave free, and what of these shards waits to be removed somewhere. A record of a node group
 * that has no primary any more is never dealt with, and Citus refuses all the same because of it.
 */
export const shardFacts = statement({
  name: "shards.facts",
  access: "ops",
  fanOut: "none",
  text: sql`
    select array(select ns.nspname || '.' || c.relname
                   from pg_catalog.pg_class c
                   join pg_catalog.pg_namespace ns on ns.oid = c.relnamespace
                  where c.oid = any ($1::oid[]) and not pg_has_role(current_user, c.relowner, 'usage')
                  order by 1) as not_owned,
           (select count(*)::int4 from pg_catalog.pg_dist_partition t
              join pg_catalog.pg_dist_shard s on s.logicalrelid = t.logicalrelid
             where t.partmethod = 'n' and t.repmodel = 't'
               and exists (select from unnest($3::int4[]) g
                            where not exists (select from pg_catalog.pg_dist_placement p
                                               where p.shardid = s.shardid and p.groupid = g))) as missing_references,
           exists (select from pg_catalog.pg_proc f
                    where f.proname = 'replicate_reference_tables' and f.pronamespace = 'pg_catalog'::regnamespace
                      and has_function_privilege(f.oid, 'execute')) as may_copy_references,
           current_setting('citus.desired_percent_disk_available_after_move', true)::float8 as disk_percent,
           coalesce((select json_agg(json_build_object('recordId', r.record_id, 'name', r.object_name, 'nodeId', n.nodeid) order by r.record_id)
                       from pg_catalog.pg_dist_cleanup r
                       left join pg_catalog.pg_dist_node n on n.groupid = r.node_group_id and n.noderole = 'primary'
                      where r.object_type = 1 and substring(r.object_name from '_([0-9]+)"?$')::int8 = any ($2::int8[])), '[]') as records`,
  values: ({ tableOids, shardIds, groupIds }: Record<"tableOids" | "shardIds" | "groupIds", readonly number[]>) => [
    tableOids,
    shardIds,
    groupIds,
  ],
  row: z.object({
    not_owned: z.array(z.string()),
    missing_references: z.int(),
    may_copy_references: z.boolean(),
    disk_percent: z.number().nullable(),
    records: z.array(z.object({ recordId: int8, name: z.string(), nodeId: nodeIdSchema.nullable() })),
  }),
});
