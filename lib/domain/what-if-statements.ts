import type { PlannerRules } from "./planner-rules";
import type { WhatIf } from "./what-if";

/** The moves one by one, as somebody may run them: what a start does not do with these numbers. */
export function moveStatements(moves: WhatIf["first"], mode: string): string {
  return moves
    .map(
      ({ shardId, from, to }) => `select pg_catalog.citus_move_shard_placement(${shardId}, ${from}, ${to}, '${mode}');`,
    )
    .join("\n");
}

/** A strategy with this threshold, which a start can then be told by name. */
export function strategyStatement({ name, improvementThreshold }: PlannerRules, threshold: number): string {
  const [text, fresh] = [
    name.replaceAll("'", "''"),
    `${name}_${String(threshold).replace(".", "_")}`.replaceAll("'", "''"),
  ];
  return `select pg_catalog.citus_add_rebalance_strategy('${fresh}', s.shard_cost_function, s.node_capacity_function,
         s.shard_allowed_on_node_function, ${threshold}, s.minimum_threshold, ${improvementThreshold})
  from pg_catalog.pg_dist_rebalance_strategy s
 where s.name = '${text}';`;
}
