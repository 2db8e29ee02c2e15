import "server-only";
import { tableInput } from "@/lib/domain/distribute-choice";
import { referenceEffect } from "@/lib/domain/distribute-effect";
import { bySeverity } from "@/lib/domain/distribute-note";
import { mayBecomeReference } from "@/lib/domain/distribute-reference";
import { inOrder, leftoverNote, lockNote, referenceStep } from "@/lib/domain/distribute-sentences";
import { fullName } from "@/lib/domain/table-facts";
import { call, change } from "@/server/changes/define";
import { createReference } from "@/server/sql/table-changes";
import { findCitusTable } from "./effects";
import { readTable } from "./reads";
import { readSurroundings } from "./surroundings";

/** Makes a table a reference table: a full copy on every node. */
export const createReferenceTable = change({
  name: "table.createReference",
  permission: "table:distribute",
  input: tableInput,
  prepare: async (target, input) => {
    const [table, around] = await Promise.all([readTable(target, input.table), readSurroundings(target)]);
    const { verdict, notes } = mayBecomeReference(table, around);
    return {
      subject: fullName(table),
      steps: [{ title: referenceStep(table, around), calls: [call(createReference, { table: table.quotedName })] }],
      notes: bySeverity([
        ...notes,
        ...(verdict.allowed ? [lockNote(table), ...leftoverNote(table)] : []),
        ...inOrder(table, around),
      ]),
      refresh: ["topology", "sizes", "local-tables"],
      verify: async () => referenceEffect(fullName(table), (await findCitusTable(target, table)).found),
    };
  },
});
