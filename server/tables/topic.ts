import "server-only";
import { type LocalTables, localTablesSchema } from "@/lib/domain/local-table";
import type { Target } from "@/server/clusters";
import { topic } from "@/server/live/topic";
import { run } from "@/server/pg/run";
import { listLeftovers } from "@/server/sql/tables";
import { readPlainTables } from "./reads";
import { readCitusRows } from "./rows";

/** What the coordinator keeps to itself, and estimates that no other topic has. All of it changes slowly. */
export const localTablesTopic = topic({
  name: "local-tables",
  schema: localTablesSchema,
  paceMs: () => 10_000,
  read: readLocalTables,
  redact: null,
});

export async function readLocalTables(target: Target): Promise<LocalTables> {
  const [tables, leftovers, rows] = await Promise.all([
    readPlainTables(target),
    run(target, listLeftovers, undefined),
    readCitusRows(target),
  ]);
  return { tables, leftovers, rows };
}
