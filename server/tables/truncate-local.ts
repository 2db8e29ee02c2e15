import "server-only";
import { z } from "zod";
import { tableInput } from "@/lib/domain/distribute-choice";
import { truncatedEffect } from "@/lib/domain/distribute-effect";
import { mayTruncateLocal } from "@/lib/domain/distribute-leftover";
import { bySeverity } from "@/lib/domain/distribute-note";
import { inOrder, truncateStep } from "@/lib/domain/distribute-sentences";
import { fullName } from "@/lib/domain/table-facts";
import { call, change } from "@/server/changes/define";
import { truncateLocal } from "@/server/sql/table-changes";
import { readLeftover } from "./effects";
import { readTable } from "./reads";
import { readSurroundings } from "./surroundings";

/** Removes the rows that stayed on the coordinator when a table was distributed. */
export const truncateLocalRows = change({
  name: "table.truncateLocal",
  permission: "table:distribute",
  input: tableInput,
  doing: (subject) => `removing the local rows of ${subject}`,
  before: z.object({ table: z.string() }),
  prepare: async (target, { table: oid }) => {
    const [table, around, leftover] = await Promise.all([
      readTable(target, oid),
      readSurroundings(target),
      readLeftover(target, oid),
    ]);
    return {
      subject: fullName(table),
      steps: [{ title: truncateStep(table, leftover), calls: [call(truncateLocal, { table: table.quotedName })] }],
      notes: bySeverity([...mayTruncateLocal(table, leftover, around).notes, ...inOrder(table, around)]),
      claims: [{ object: `table:${fullName(table)}`, mode: "exclusive" }],
      before: { table: fullName(table) },
      refresh: ["local-tables"],
    };
  },
  effect: async (target, { input, before }) => {
    const bytes = await readLeftover(target, input.table);
    return { ...truncatedEffect(before.table, bytes), ...(bytes === null && { isUnsure: true }) };
  },
});
