import type { Note } from "./change";
import type { Verdict } from "./cluster";
import { bad, bySeverity, info, verdictOf } from "./distribute-note";
import type { Surroundings } from "./distribute-surroundings";
import { againstOwnerAndNodes } from "./distribute-table-rules";
import { listOf } from "./node-names";
import { fullName, type TableFacts } from "./table-facts";

/** May the rows that distributing left behind on the coordinator be removed. `leftoverBytes` null: they could not be measured. */
export function mayTruncateLocal(
  table: TableFacts,
  leftoverBytes: number | null,
  around: Surroundings,
): { verdict: Verdict; notes: Note[] } {
  const notes = bySeverity([
    ...againstKind(table, leftoverBytes),
    ...againstForeignKeys(table),
    ...againstOwnerAndNodes(table, around, true),
  ]);
  return { verdict: verdictOf(notes), notes };
}

function againstKind(table: TableFacts, leftoverBytes: number | null): Note[] {
  const name = fullName(table);
  if (table.citusKind === "plain") {
    return [bad(`${name} is a plain table: its rows on the coordinator are the only ones.`, "Distribute it first.")];
  }
  if (leftoverBytes === 0) {
    return [bad(`${name} has no rows left behind on the coordinator.`, "There is nothing to remove.")];
  }
  return [];
}

function againstForeignKeys(table: TableFacts): Note[] {
  const plain = table.referencedBy.filter((key) => key.otherKind === "plain");
  const first = plain[0];
  if (first) {
    return [
      bad(
        `The plain table ${first.otherName} points to it with the foreign key ${first.name}. Citus removes local rows only of tables that no plain table points to.`,
        `Distribute ${first.otherName} first, or drop the key.`,
      ),
    ];
  }
  const others = [...new Set(table.referencedBy.map((key) => key.otherName))];
  if (others.length === 0) return [];
  return [
    info(`What ${listOf(others)} left behind goes as well: foreign keys tie them to it. Their shards are not touched.`),
  ];
}
