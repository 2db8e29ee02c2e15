import "server-only";
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
      refresh: ["local-tables"],
      verify: async () => truncatedEffect(fullName(table), await readLeftover(target, oid)),
    };
  },
});
