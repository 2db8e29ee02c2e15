import "server-only";
import type { LocalTables } from "@/lib/domain/local-table";
import type { CitusTable } from "@/lib/domain/topology";
import type { Target } from "@/server/clusters";
import { listPrimaries } from "@/server/nodes/reads";
import { askNodes } from "@/server/pg/ask-nodes";
import { ownShardRows } from "@/server/sql/tables";
import { listTables } from "@/server/topology/reads";

type Told = { rows: number; isComplete: boolean };

/**
 * Estimated rows of every Citus table, from the statistics of its shards on each node. Of a reference table each node has
 * all rows, so the largest count is taken. A shard never analysed, or a node that does not answer, makes the sum unknown.
 */
export async function readCitusRows(target: Target): Promise<LocalTables["rows"]> {
  const [tables, nodes] = await Promise.all([listTables(target), listPrimaries(target)]);
  const answers = await askNodes(target, nodes, ownShardRows);
  const isEveryNodeHeard = answers.every((answer) => answer.ok);
  const told = new Map<string, Told[]>();
  for (const answer of answers) {
    for (const [schema, name, rows, unknown] of answer.ok ? answer.value : []) {
      const key = keyOf({ schema, name });
      told.set(key, [...(told.get(key) ?? []), { rows, isComplete: unknown === 0 }]);
    }
  }
  return tables
    .filter((table) => !table.isPartitioned)
    .map((table) => ({ oid: table.oid, rows: rowsOf(table, told.get(keyOf(table)) ?? [], isEveryNodeHeard) }));
}

function keyOf({ schema, name }: { schema: string; name: string }): string {
  return JSON.stringify([schema, name]);
}

function rowsOf(table: CitusTable, told: readonly Told[], isEveryNodeHeard: boolean): number | null {
  if (table.kind === "reference") {
    const complete = told.filter((one) => one.isComplete).map((one) => one.rows);
    return complete.length > 0 ? Math.max(...complete) : null;
  }
  if (!isEveryNodeHeard || told.length === 0 || told.some((one) => !one.isComplete)) return null;
  return told.reduce((sum, one) => sum + one.rows, 0);
}
