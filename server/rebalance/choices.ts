import "server-only";
import type { RebalanceStrategy } from "@/lib/domain/rebalance";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/rebalance";

/** The default first. */
export async function listStrategies(target: Target): Promise<RebalanceStrategy[]> {
  const rows = await run(target, statements.listStrategies, undefined);
  return rows.map((row) => ({ name: row.name, isDefault: row.default_strategy, threshold: row.default_threshold }));
}

export async function listTransferModes(target: Target): Promise<string[]> {
  return (await run(target, statements.listTransferModes, undefined)).map((row) => row.mode);
}
