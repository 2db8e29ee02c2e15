import { z } from "zod";
import { nodeIdSchema } from "./node";

const real = z.number();

/**
 * A strategy as the planner needs it. What its functions say is read where they are a strategy's own; the shipped ones are known.
 * `costs`: how the shard groups are weighed, or what the cost function says of each first table's shard.
 */
export const plannerRulesSchema = z.object({
  name: z.string(),
  isDefault: z.boolean(),
  threshold: real,
  minimumThreshold: real,
  improvementThreshold: real,
  costs: z.union([
    z.literal("count"),
    z.object({ baseBytes: real }),
    z.object({ shardIds: z.array(z.number()), costs: z.array(real) }),
  ]),
  /** By node; a node that is missing has capacity 1. */
  capacities: z.array(z.object({ nodeId: nodeIdSchema, capacity: real })),
  /** Shards that may not be on a node. */
  disallowed: z.array(z.object({ nodeId: nodeIdSchema, shardIds: z.array(z.number()) })),
});
export type PlannerRules = z.infer<typeof plannerRulesSchema>;

/** Why a strategy cannot be computed here: one of its functions failed, or may not be called by the console's login. */
export const strategyRulesSchema = z.discriminatedUnion("known", [
  z.object({ known: z.literal(true), rules: plannerRulesSchema }),
  z.object({ known: z.literal(false), name: z.string(), because: z.string() }),
]);

/** All strategies, and the tables in the order in which Citus takes them: the first of a colocation group stands for it. */
export const plannerFactsSchema = z.object({
  tableOids: z.array(z.number()),
  strategies: z.array(strategyRulesSchema),
});
export type PlannerFacts = z.infer<typeof plannerFactsSchema>;
