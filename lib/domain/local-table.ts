import { z } from "zod";
import { tableFactsSchema } from "./table-facts";

/** Rows that were there before a table was distributed: still on the coordinator's disk, seen by no query. */
const leftoverSchema = z.object({ oid: z.number(), bytes: z.number() });

/** Estimated rows of a Citus table, summed over its shards. null: some shard was never analysed, or its node did not answer. */
const citusRowsSchema = z.object({ oid: z.number(), rows: z.number().nullable() });

/** The topic `local-tables`: what the coordinator keeps to itself, and what only it or the workers' statistics can tell about Citus' tables. */
export const localTablesSchema = z.object({
  /** Neither Citus', nor the system's, nor an extension's; partitions are part of their parent. */
  tables: z.array(tableFactsSchema),
  leftovers: z.array(leftoverSchema),
  rows: z.array(citusRowsSchema),
});
export type LocalTables = z.infer<typeof localTablesSchema>;
