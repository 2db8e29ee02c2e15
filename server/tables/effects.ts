import "server-only";
import { z } from "zod";
import type { Claim } from "@/lib/domain/claim";
import type { CitusTable, ColocationGroup } from "@/lib/domain/topology";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import { listLeftovers } from "@/server/sql/tables";
import { readTopology } from "@/server/topology/reads";

/** A table's name as it is kept to look for it afterwards. */
export const nameSchema = z.object({ schema: z.string(), name: z.string() });
type Name = z.infer<typeof nameSchema>;

export function nameOf({ schema, name }: Name): Name {
  return { schema, name };
}

/** A table that gets shards rests on which nodes there are. */
export const NODES_STAY: Claim = { object: "nodes", mode: "shared" };

type Found = { found: CitusTable | undefined; group: ColocationGroup | undefined };

/** The table as Citus has it now. By name: a change of its kind may give a table a new oid. */
export async function findCitusTable(target: Target, { schema, name }: Name): Promise<Found> {
  const { tables, colocationGroups } = await readTopology(target);
  const found = tables.find((table) => table.schema === schema && table.name === name);
  return { found, group: colocationGroups.find((group) => group.id === found?.colocationId) };
}

/** Which of these tables Citus still has. */
export async function stillCitus(target: Target, tables: readonly Name[]): Promise<Name[]> {
  const known = (await readTopology(target)).tables;
  return tables.filter(({ schema, name }) => known.some((one) => one.schema === schema && one.name === name));
}

/** Bytes a Citus table has on the coordinator itself; null: it is locked and was not measured. */
export async function readLeftover(target: Target, oid: number): Promise<number | null> {
  const rows = await run(target, listLeftovers, undefined);
  return rows.find((row) => row.oid === oid)?.bytes ?? null;
}
