import "server-only";
import { nodeIdSchema } from "@/lib/domain/node";
import type { PlannerFacts, PlannerRules } from "@/lib/domain/planner-rules";
import { isMovable } from "@/lib/domain/shard-groups";
import { isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/rebalance";
import { listTables } from "@/server/topology/reads";

type Row = ReturnType<(typeof statements.listPlannerRules)["row"]["parse"]>;

/** What our planner has to know of the cluster beside its layout: the strategies, and the order of the tables. */
export async function readPlannerFacts(target: Target): Promise<PlannerFacts> {
  const [order, rows, tables] = await Promise.all([
    run(target, statements.listTablesAsPlanned, undefined),
    run(target, statements.listPlannerRules, undefined),
    listTables(target),
  ]);
  const movable = new Map(tables.filter(isMovable).map((table) => [table.oid, table]));
  const seen = new Set<number>();
  // A colocation group is weighed by the shards of its first table alone; without one a table is by itself.
  const speaking = order.flatMap(({ oid }) => {
    const table = movable.get(oid);
    if (!table || seen.has(table.colocationId)) return [];
    if (table.colocationId !== 0) seen.add(table.colocationId);
    return [oid];
  });
  const strategies = await Promise.all(
    rows.map(async (row) => {
      try {
        return { known: true as const, rules: await rulesOf(target, row, speaking) };
      } catch (cause) {
        if (!isAppError(cause)) throw cause;
        return { known: false as const, name: row.name, because: cause.message };
      }
    }),
  );
  return { tableOids: order.map(({ oid }) => oid), strategies };
}

async function rulesOf(target: Target, row: Row, tableOids: readonly number[]): Promise<PlannerRules> {
  const own = (schema: string, name: string, shipped: string) =>
    schema === "pg_catalog" && name === shipped ? null : { schema, name };
  const capacity = own(row.capacity_schema, row.capacity_name, "citus_node_capacity_1");
  const allowed = own(row.allowed_schema, row.allowed_name, "citus_shard_allowed_on_node_true");
  const [costs, capacities, disallowed] = await Promise.all([
    costsOf(target, row, tableOids),
    capacity ? run(target, statements.strategyCapacities(capacity), undefined) : [],
    allowed ? run(target, statements.strategyDisallowed(allowed), { tableOids }) : [],
  ]);
  return {
    name: row.name,
    isDefault: row.default_strategy,
    threshold: row.default_threshold,
    minimumThreshold: row.minimum_threshold,
    improvementThreshold: row.improvement_threshold,
    costs,
    capacities: capacities.map((one) => ({ nodeId: nodeIdSchema.parse(one.nodeid), capacity: one.capacity })),
    disallowed: [...Map.groupBy(disallowed, (one) => one.nodeid)].map(([nodeId, shards]) => ({
      nodeId: nodeIdSchema.parse(nodeId),
      shardIds: shards.map((one) => one.shardid),
    })),
  };
}

async function costsOf(target: Target, row: Row, tableOids: readonly number[]): Promise<PlannerRules["costs"]> {
  if (row.cost_schema === "pg_catalog" && row.cost_name === "citus_shard_cost_1") return "count";
  if (row.cost_schema === "pg_catalog" && row.cost_name === "citus_shard_cost_by_disk_size") {
    return { baseBytes: row.base_bytes };
  }
  const rows = await run(target, statements.strategyCosts({ schema: row.cost_schema, name: row.cost_name }), {
    tableOids,
  });
  return { shardIds: rows.map((one) => one.shardid), costs: rows.map((one) => one.cost) };
}
