import { z } from "zod";
import { type FromNode, fromNodeSchema } from "./from-node";
import { flagsSchema, floatsSchema } from "./shard-columns";

/** What one node says of its own shards, a column each. A shard that it left out is unknown. */
export type NodeSizes = {
  /** Ascending. */
  shardIds: Float64Array;
  /** Heap, indexes and TOAST. */
  bytes: Float64Array;
  /** 1: measured (pg_total_relation_size); 0: estimated from what VACUUM last counted (relpages). */
  isExact: Uint8Array;
};

export const nodeSizesSchema: z.ZodType<NodeSizes> = z.object({
  shardIds: floatsSchema,
  bytes: floatsSchema,
  isExact: flagsSchema,
});

/** Columns of [shard id, bytes], in whatever order they come; all of them measured. */
export function nodeSizes(rows: readonly (readonly [number, number])[]): NodeSizes {
  const sorted = rows.toSorted(([a], [b]) => a - b);
  return {
    shardIds: Float64Array.from(sorted, ([id]) => id),
    bytes: Float64Array.from(sorted, ([, bytes]) => bytes),
    isExact: new Uint8Array(rows.length).fill(1),
  };
}

/**
 * The topic `sizes`: each primary's own answer about its own shards. A node that did not answer has a problem here;
 * the sizes of its shards are then unknown, never 0.
 */
export const sizesSchema = z.object({ answers: z.array(fromNodeSchema(nodeSizesSchema)) });
export type Sizes = { answers: FromNode<NodeSizes>[] };
