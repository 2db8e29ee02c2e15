import { z } from "zod";
import type { PlannerOptions } from "./rebalance-plan";

export const shippedStrategySchema = z.enum(["by_shard_count", "by_disk_size"]);
export type ShippedStrategy = z.infer<typeof shippedStrategySchema>;

/** citus.rebalancer_by_disk_size_base_cost as it is shipped (Citus 12.0 and newer): what each shard group costs beside its bytes. */
const BASE_COST_BYTES = 100 * 1024 * 1024;

/** The shipped strategies' own thresholds, as in pg_dist_rebalance_strategy. One below the minimum is raised to it. */
export const SHIPPED_OPTIONS: Record<ShippedStrategy, PlannerOptions & { minimumThreshold: number }> = {
  by_shard_count: { threshold: 0, improvementThreshold: 0, minimumThreshold: 0 },
  by_disk_size: { threshold: 0.1, improvementThreshold: 0.5, minimumThreshold: 0.01 },
};

/** What a shard group costs by a shipped strategy; null where it asks for bytes that are not known. */
export function shippedCost(strategy: ShippedStrategy, bytes: number | null): number | null {
  if (strategy === "by_shard_count") return 1;
  return bytes === null ? null : Math.max(1, bytes + BASE_COST_BYTES);
}
