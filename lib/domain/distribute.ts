import type { Note } from "./change";
import type { Verdict } from "./cluster";
import type { DistributeChoice } from "./distribute-choice";
import { type Landing, landingOf } from "./distribute-colocation";
import { againstColumn } from "./distribute-column-rules";
import { againstForeignKeys } from "./distribute-foreign-keys";
import { bad, bySeverity, verdictOf } from "./distribute-note";
import type { Surroundings } from "./distribute-surroundings";
import { againstCluster, againstTable } from "./distribute-table-rules";
import type { TableFacts } from "./table-facts";

export type Judgement = { verdict: Verdict; notes: Note[]; landing: Landing | null };

/**
 * May this table be distributed like this, and what is to be known before. Asked by the form while somebody chooses and
 * again by the server; it agrees with Citus on every refusal it names, so nothing is refused only after the click.
 */
export function mayDistribute(table: TableFacts, choice: DistributeChoice, around: Surroundings): Judgement {
  const column = table.columns.find((candidate) => candidate.name === choice.column);
  const { landing, notes: colocation } = column
    ? landingOf(table, column, choice, around)
    : { landing: null, notes: [] };
  const notes = bySeverity([
    ...againstTable(table),
    ...convertedIdentity(table),
    ...againstColumn(table, choice.column),
    ...colocation,
    ...againstForeignKeys(table, choice.column, landing, around),
    ...againstCluster(table, around),
  ]);
  return { verdict: verdictOf(notes), notes, landing };
}

/** A local table of Citus' metadata is undistributed on the way, and that Citus does not do to identity columns. */
function convertedIdentity(table: TableFacts): Note[] {
  const column = table.columns.find((candidate) => candidate.isIdentity);
  if (table.citusKind !== "local" || !column) return [];
  return [
    bad(
      `${column.name} is an identity column, and the table is in Citus' metadata as a local table. Citus cannot convert it from there.`,
      "Drop the identity of the column, or make it a reference table.",
    ),
  ];
}
