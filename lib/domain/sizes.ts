import { z } from "zod";
import { type FromNode, fromNodeSchema } from "./from-node";

/** Shard id and bytes (pg_total_relation_size: heap, indexes, TOAST) on one node. */
export const shardBytesSchema = z.array(z.tuple([z.number(), z.number()]));

/**
 * The topic `sizes`: each primary's own answer about its own shards. A node that did not answer has a problem here;
 * the sizes of its shards are then unknown, never 0.
 */
export const sizesSchema = z.object({ answers: z.array(fromNodeSchema(shardBytesSchema)) });
export type Sizes = { answers: FromNode<[number, number][]>[] };
