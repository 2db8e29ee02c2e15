import { z } from "zod";
import { problemSchema } from "../errors";
import { clusterIdSchema } from "./cluster";
import { nodeIdSchema } from "./node";

/** The mode that Citus chooses when nothing is said: logical replication, and a refusal where that would lose writes. */
export const MODE_AUTO = "auto";
/** The mode that copies under a lock: no replica identity and no wal_level needed, but writes wait. */
export const MODE_BLOCK_WRITES = "block_writes";

/** What citus_rebalance_start can be told. It takes no threshold and no table. */
export const rebalanceOptionsSchema = z.object({
  /** A row of pg_dist_rebalance_strategy. */
  strategy: z.string().trim().min(1).max(63),
  /** Only take shard groups off nodes that may not hold shards. */
  drainOnly: z.boolean(),
  /** A label of citus.shard_transfer_mode; which there are is read from the cluster. */
  mode: z.string().regex(/^[a-z_]{1,63}$/),
  parallelReferenceTables: z.boolean(),
  parallelColocatedShards: z.boolean(),
});
export type RebalanceOptions = z.infer<typeof rebalanceOptionsSchema>;

export const rebalanceStartInput = rebalanceOptionsSchema.extend({ clusterId: clusterIdSchema });
export type RebalanceStartInput = z.infer<typeof rebalanceStartInput>;

export const rebalanceStopInput = z.object({ clusterId: clusterIdSchema });
export type RebalanceStopInput = z.infer<typeof rebalanceStopInput>;

/** One row of pg_dist_rebalance_strategy, as far as a person chooses by it. */
export const rebalanceStrategySchema = z.object({ name: z.string(), isDefault: z.boolean(), threshold: z.number() });
export type RebalanceStrategy = z.infer<typeof rebalanceStrategySchema>;

/** One shard group on its way. Citus' plan has a row per colocated shard; a move takes them together. */
export const plannedMoveSchema = z.object({
  shardIds: z.array(z.number()),
  /** "customers, orders" */
  tables: z.array(z.string()),
  sourceNodeId: nodeIdSchema,
  targetNodeId: nodeIdSchema,
  /** Measured at the source; the plan's own sizes are 0. null: the source did not say. */
  bytes: z.number().nullable(),
});
export type PlannedMove = z.infer<typeof plannedMoveSchema>;

/** What a node holds of what can be moved, now and after the plan. */
export const planNodeSchema = z.object({
  nodeId: nodeIdSchema,
  /** It may be given shards: balance is between these. */
  counts: z.boolean(),
  groups: z.int(),
  groupsAfter: z.int(),
  /** null: the size of some shard here is not known. */
  bytes: z.number().nullable(),
  bytesAfter: z.number().nullable(),
});
export type PlanNode = z.infer<typeof planNodeSchema>;

export const rebalancePlanSchema = z.object({
  strategy: z.string(),
  drainOnly: z.boolean(),
  moves: z.array(plannedMoveSchema),
  /** Of all moves; null: some size is not known. */
  bytes: z.number().nullable(),
  nodes: z.array(planNodeSchema),
  /** How far the busiest node is above the mean in bytes, now and after; null: not known. */
  busiest: z.number().nullable(),
  busiestAfter: z.number().nullable(),
  /** Tables of the moving groups that logical replication cannot carry. In mode auto one of them stops the whole start. */
  tablesWithoutIdentity: z.array(z.string()),
  /** What Citus says beside the plan: why a move was left out. */
  notices: z.array(z.string()),
  tookMs: z.number(),
});
export type RebalancePlan = z.infer<typeof rebalancePlanSchema>;

/** `threshold` null: the strategy's own. With another one it is a "what if": a start takes no threshold. */
const plannedFor = { strategy: z.string(), threshold: z.number().nullable() };

/** A plan may take minutes on a large cluster, so it is asked for, and asked after. */
export const planStateSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("pending"), ...plannedFor, forMs: z.number() }),
  z.object({ state: z.literal("ready"), ...plannedFor, plan: rebalancePlanSchema }),
  z.object({ state: z.literal("failed"), ...plannedFor, problem: problemSchema }),
]);
export type PlanState = z.infer<typeof planStateSchema>;

/** What a move costs here by transfer mode, from this cluster's own past moves. A mode that never ran has none. */
export const modePaceSchema = z.object({ secondsPerMove: z.number(), secondsPerByte: z.number(), from: z.int() });

/** The plans of every strategy side by side, with what can be chosen. */
export const planSetSchema = z.object({
  setId: z.string(),
  strategies: z.array(rebalanceStrategySchema),
  modes: z.array(z.string()),
  plans: z.array(planStateSchema),
  paces: z.record(z.string(), modePaceSchema),
});
export type PlanSet = z.infer<typeof planSetSchema>;

/** The strategy a start without a name would take; Citus 12.0 and newer ship by_disk_size as the default. */
export function defaultStrategy(strategies: readonly RebalanceStrategy[]): string | undefined {
  return (strategies.find((strategy) => strategy.isDefault) ?? strategies[0])?.name;
}
