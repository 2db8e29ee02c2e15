import type { Note } from "./change";
import type { Verdict } from "./cluster";
import { bad, bySeverity, info, verdictOf, warn } from "./distribute-note";
import type { Surroundings } from "./distribute-surroundings";
import { againstOwnerAndNodes } from "./distribute-table-rules";
import { listOf } from "./node-names";
import { fullName, type TableFacts } from "./table-facts";

/** `relatives`: every other Citus table that foreign keys tie to this one, over any number of steps. */
export type Undoing = { table: TableFacts; relatives: readonly TableFacts[]; cascade: boolean };

/** May this table be taken back to the coordinator. */
export function mayUndistribute(
  { table, relatives, cascade }: Undoing,
  around: Surroundings,
): { verdict: Verdict; notes: Note[] } {
  const affected = cascade ? [table, ...relatives] : [table];
  const notes = bySeverity([
    ...againstKind(table),
    ...affected.flatMap(againstIdentity),
    ...foreignKeys(table, relatives, cascade),
    ...views(affected),
    ...affected.flatMap((each) => againstOwnerAndNodes(each, around, each === table)),
  ]);
  return { verdict: verdictOf(notes), notes };
}

function againstKind(table: TableFacts): Note[] {
  const name = fullName(table);
  if (table.citusKind === "plain") {
    return [bad(`${name} is a plain table: it was never distributed.`, "There is nothing to undo.")];
  }
  if (table.citusKind === "schema") {
    return [
      bad(
        `${name} belongs to the distributed schema ${table.schema}. Its tables are undistributed together.`,
        `Run citus_schema_undistribute('${table.schema}').`,
      ),
    ];
  }
  if (table.parent?.isPartitioned) {
    return [
      bad(
        `${name} is a partition of ${table.parent.name}. Partitions come back with their parent only.`,
        `Undistribute ${table.parent.name}.`,
      ),
    ];
  }
  return [];
}

function againstIdentity(table: TableFacts): Note[] {
  const column = table.columns.find((candidate) => candidate.isIdentity);
  if (!column) return [];
  return [
    bad(
      `${fullName(table)}.${column.name} is an identity column. Citus makes a new table to undistribute, and cannot do that with one.`,
      "Copy the rows into a new table instead.",
    ),
  ];
}

function foreignKeys(table: TableFacts, relatives: readonly TableFacts[], cascade: boolean): Note[] {
  const keys = [...table.foreignKeys, ...table.referencedBy];
  const first = keys[0];
  if (!first) return [];
  if (!cascade) {
    const ties = [...new Set(keys.map((key) => (key.otherOid === table.oid ? "itself" : key.otherName)))];
    return [
      bad(
        `Foreign keys tie it to ${listOf(ties)}. Citus undistributes such tables together only.`,
        "Choose to take all tied tables with it, or drop the keys.",
      ),
    ];
  }
  if (relatives.length === 0) return [];
  return [
    warn(
      `${listOf(relatives.map(fullName))} ${relatives.length === 1 ? "is" : "are"} undistributed as well: foreign keys tie them to it.`,
    ),
  ];
}

function views(affected: readonly TableFacts[]): Note[] {
  const names = [...new Set(affected.flatMap((table) => table.views))];
  if (names.length === 0) return [];
  return [info(`The view${names.length === 1 ? "" : "s"} ${listOf(names)} will be dropped and created again.`)];
}
