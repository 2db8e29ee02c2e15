import { z } from "zod";
import { clusterIdSchema } from "./cluster";
import { nodeIdSchema } from "./node";
import { TRANSFER_MODES } from "./node-change";
import { MOST_PARTS } from "./split-ranges";

const shardIdSchema = z.int().positive();
const modeSchema = z.enum(TRANSFER_MODES);

/** Moves the shard group that holds a shard, or copies it, from one node to another. */
export const moveShardInput = z.object({
  clusterId: clusterIdSchema,
  shardId: shardIdSchema,
  sourceNodeId: nodeIdSchema,
  targetNodeId: nodeIdSchema,
  mode: modeSchema,
});
export type MoveShardInput = z.infer<typeof moveShardInput>;

/** Moves a distributed schema, named by its colocation group, with all its tables. */
export const moveSchemaInput = z.object({
  clusterId: clusterIdSchema,
  colocationId: z.int().positive(),
  targetNodeId: nodeIdSchema,
  mode: modeSchema,
});
export type MoveSchemaInput = z.infer<typeof moveSchemaInput>;

/** Splits the shard group that holds a shard: each point is the last hash value of its part, and each part gets a node. */
export const splitShardInput = z.object({
  clusterId: clusterIdSchema,
  shardId: shardIdSchema,
  points: z
    .array(z.int())
    .min(1)
    .max(MOST_PARTS - 1),
  nodeIds: z.array(nodeIdSchema).min(2).max(MOST_PARTS),
  mode: modeSchema,
});
export type SplitShardInput = z.infer<typeof splitShardInput>;

/** Gives one value of the distribution column shards of its own. The value travels as text, as it was typed. */
export const isolateTenantInput = z.object({
  clusterId: clusterIdSchema,
  tableOid: z.int().positive(),
  value: z.string().min(1).max(10_000),
  mode: modeSchema,
});
export type IsolateTenantInput = z.infer<typeof isolateTenantInput>;
