import "server-only";
import { z } from "zod";
import type { NodeSizes } from "@/lib/domain/sizes";
import { numbers } from "@/server/pg/columns";
import { type NodeQuestion, nodeQuestion, type SqlText, sql, wholeNumbers } from "@/server/pg/sql";

/** Some of a node's own shards, by id, and whether these were the last. */
export type SizesSlice = { sizes: NodeSizes; last: number; isEnd: boolean };
export type SliceAsked = { after: number; limit: number };

/**
 * The node's own shards from one id on, each with the relation that it is. The relation is looked up in pg_class rather than by
 * regclass: a schema on which this login has no USAGE would fail the whole answer. shard_name() is asked for the name because a long
 * one is cut and hashed. What is gone or hidden is left out, which reads as unknown. Lane `node` sets
 * `citus.override_table_visibility = off`, without which a worker hides its shards from pg_class. Laterals with OFFSET 0 keep to the
 * indexes: a join reads all of pg_dist_shard and of pg_class for every slice (113 ms instead of 10 at 140,000 relations).
 */
function answerOf({ bytes, withs = NOTHING, joins = NOTHING }: Counted, { after, limit }: SliceAsked): SqlText {
  return sql`
    with own as materialized (
      select p.shardid
        from pg_catalog.pg_dist_placement p
        join pg_catalog.pg_dist_local_group g on g.groupid = p.groupid
       where p.shardid > ${wholeNumbers([after])}
       order by p.shardid
       limit ${wholeNumbers([limit])})${withs}
    select json_build_object('ids', coalesce(string_agg(found.shardid::text, ','), ''), 'bytes', coalesce(string_agg(found.bytes::text, ','), ''),
                             'last', (select max(shardid) from own), 'asked', (select count(*) from own))::text as answer
      from (select own.shardid, ${bytes} as bytes
              from own
             cross join lateral (select d.shardid, d.logicalrelid from pg_catalog.pg_dist_shard d where d.shardid = own.shardid offset 0) s
             cross join lateral (select c.relnamespace from pg_catalog.pg_class c where c.oid = s.logicalrelid offset 0) c
             cross join lateral (select n.oid, n.relpages, n.reltuples, n.reltoastrelid from pg_catalog.pg_class n
                                  where n.relnamespace = c.relnamespace
                                    and n.relname = (select part[array_upper(part, 1)]
                                                       from parse_ident(pg_catalog.shard_name(s.logicalrelid, s.shardid)) part)
                                 offset 0) r
             ${joins}
             order by own.shardid) found
     where found.bytes is not null`;
}

type Counted = { bytes: SqlText; withs?: SqlText; joins?: SqlText };
const NOTHING = sql``;

/** Heap, indexes and TOAST as they are on disk: a look at the files of every shard. */
export function measureShards(asked: SliceAsked): NodeQuestion<SizesSlice> {
  const text = answerOf({ bytes: sql`pg_catalog.pg_total_relation_size(r.oid)` }, asked);
  return nodeQuestion({ name: "sizes.measureShards", text, answer: sliceSchema(asked, 1), remembered: asked.limit });
}

/** Pages of all indexes of a relation: of the shard's own, and of its TOAST table's. */
const INDEX_PAGES = sql`,
    pages as materialized (
      select i.indrelid, sum(x.relpages) as indexes from pg_catalog.pg_index i join pg_catalog.pg_class x on x.oid = i.indexrelid
       group by i.indrelid)`;

/** The same by what VACUUM and ANALYZE counted last: an estimate, four times as quick. Where neither has been there nothing is said. */
export function estimateShards(asked: SliceAsked): NodeQuestion<SizesSlice> {
  const text = answerOf(
    {
      bytes: sql`case when r.reltuples >= 0 then pg_catalog.current_setting('block_size')::int8
                   * (r.relpages + coalesce(own_pages.indexes, 0) + coalesce(toast.relpages, 0) + coalesce(toast_pages.indexes, 0)) end`,
      withs: INDEX_PAGES,
      joins: sql`left join pages own_pages on own_pages.indrelid = r.oid
             left join pg_catalog.pg_class toast on toast.oid = r.reltoastrelid
             left join pages toast_pages on toast_pages.indrelid = r.reltoastrelid`,
    },
    asked,
  );
  return nodeQuestion({ name: "sizes.estimateShards", text, answer: sliceSchema(asked, 0) });
}

function sliceSchema({ after, limit }: SliceAsked, isExact: 0 | 1) {
  return z
    .object({ ids: numbers, bytes: numbers, last: z.number().nullable(), asked: z.int().nonnegative() })
    .transform(({ ids, bytes, last, asked }): SizesSlice => {
      const sizes = { shardIds: ids, bytes, isExact: new Uint8Array(ids.length).fill(isExact) };
      return { sizes, last: last ?? after, isEnd: asked < limit };
    })
    .refine(({ sizes }) => sizes.bytes.length === sizes.shardIds.length, "A size for each shard is missing.")
    .refine(({ sizes }) => sizes.bytes.every((one) => one >= 0), "A size is below zero.")
    .refine(
      ({ sizes, last, isEnd }) => isWithin(sizes.shardIds, after, last) && (isEnd || last > after),
      "The shards are not in order.",
    );
}

/** In order, each once, none outside of what was asked. */
function isWithin(ids: Float64Array, after: number, last: number): boolean {
  return ids.every((id, index) => id > (index === 0 ? after : (ids[index - 1] ?? after)) && id <= last);
}
