import "server-only";
import type { TableFacts } from "@/lib/domain/table-facts";
import type { CitusTable, ColocationGroup } from "@/lib/domain/topology";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import { listLeftovers } from "@/server/sql/tables";
import { readTopology } from "@/server/topology/reads";

type Found = { found: CitusTable | undefined; group: ColocationGroup | undefined };

/** The table as Citus has it now. By name: a change of its kind may give a table a new oid. */
export async function findCitusTable(
  target: Target,
  { schema, name }: Pick<TableFacts, "schema" | "name">,
): Promise<Found> {
  const { tables, colocationGroups } = await readTopology(target);
  const found = tables.find((table) => table.schema === schema && table.name === name);
  return { found, group: colocationGroups.find((group) => group.id === found?.colocationId) };
}

/** Which of these tables Citus still has. */
export async function stillCitus(target: Target, tables: readonly TableFacts[]): Promise<TableFacts[]> {
  const known = (await readTopology(target)).tables;
  return tables.filter(({ schema, name }) => known.some((one) => one.schema === schema && one.name === name));
}

/** Bytes a Citus table has on the coordinator itself; null: it is locked and was not measured. */
export async function readLeftover(target: Target, oid: number): Promise<number | null> {
  const rows = await run(target, listLeftovers, undefined);
  return rows.find((row) => row.oid === oid)?.bytes ?? null;
}
