import "server-only";
import { tableInput } from "@/lib/domain/distribute-choice";
import { referenceEffect } from "@/lib/domain/distribute-effect";
import { bySeverity } from "@/lib/domain/distribute-note";
import { mayBecomeReference } from "@/lib/domain/distribute-reference";
import { inOrder, leftoverNote, lockNote, referenceStep } from "@/lib/domain/distribute-sentences";
import { fullName } from "@/lib/domain/table-facts";
import { call, change } from "@/server/changes/define";
import { createReference } from "@/server/sql/table-changes";
import { findCitusTable, NODES_STAY, nameOf, nameSchema } from "./effects";
import { readTable } from "./reads";
import { readSurroundings } from "./surroundings";

/** Makes a table a reference table: a full copy on every node. */
export const createReferenceTable = change({
  name: "table.createReference",
  permission: "table:distribute",
  input: tableInput,
  doing: (subject) => `making ${subject} a reference table`,
  before: nameSchema,
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
      claims: [{ object: `table:${fullName(table)}`, mode: "exclusive" }, NODES_STAY],
      before: nameOf(table),
      refresh: ["topology", "sizes", "local-tables"],
    };
  },
  effect: async (target, { before }) => referenceEffect(fullName(before), (await findCitusTable(target, before)).found),
});
