import type { Note } from "./change";
import type { Landing } from "./distribute-colocation";
import { bad, warn } from "./distribute-note";
import type { Surroundings } from "./distribute-surroundings";
import type { ForeignKey, TableFacts } from "./table-facts";

/** What foreign keys from and to the table say about distributing it by `column` where it will land. */
export function againstForeignKeys(
  table: TableFacts,
  column: string,
  landing: Landing | null,
  around: Surroundings,
): Note[] {
  const outgoing = table.foreignKeys.flatMap((key) => againstOutgoing(table, key, column, landing));
  const incoming = table.referencedBy.flatMap((key) => againstIncoming(table, key));
  return [...againstReplication(table, around), ...outgoing, ...incoming];
}

function againstReplication(table: TableFacts, around: Surroundings): Note[] {
  const key = table.foreignKeys[0];
  if (!key || around.replicationFactor === 1) return [];
  return [
    bad(
      `It has the foreign key ${key.name}, and citus.shard_replication_factor is ${around.replicationFactor}. Citus keeps foreign keys with factor 1 only.`,
      "Set citus.shard_replication_factor to 1, or drop the key.",
    ),
  ];
}

function againstOutgoing(table: TableFacts, key: ForeignKey, column: string, landing: Landing | null): Note[] {
  if (key.otherOid === table.oid) return [...sameOrdinal(key, column, column), ...againstActions(key, column)];
  const towards = `The foreign key ${key.name} points to ${key.otherName}`;
  if (key.otherKind === "plain" || key.otherKind === "local") {
    return [
      bad(
        `${towards}, which is on the coordinator only. The workers could not check it.`,
        `First make ${key.otherName} a reference table or distribute it, or drop the key.`,
      ),
    ];
  }
  if (key.otherKind === "reference") return againstActions(key, column);
  if (key.otherKind !== "distributed") {
    return [
      bad(
        `${towards}, whose rows are all in one shard. The rows of this table would be elsewhere.`,
        "Drop the key, or keep both in one distributed schema.",
      ),
    ];
  }
  if (landing && landing.groupId !== key.otherColocationId) {
    return [
      bad(
        `${towards}, which would not be colocated with this table. A foreign key holds between rows on one node only.`,
        `Colocate with ${key.otherName}.`,
      ),
    ];
  }
  return [...sameOrdinal(key, column, key.otherDistributionColumn), ...againstActions(key, column)];
}

/** Both sides' distribution columns must stand at the same place of the key, or the rows are on different nodes. */
function sameOrdinal(key: ForeignKey, column: string, otherColumn: string | null): Note[] {
  const at = key.columns.indexOf(column);
  if (at >= 0 && key.otherColumns[at] === otherColumn) return [];
  return [
    bad(
      `The foreign key ${key.name} (${key.columns.join(", ")}) → ${key.otherName} (${key.otherColumns.join(", ")}) does not tie ${column} to ${otherColumn ?? "its distribution column"}. The two rows could lie on different nodes.`,
      "Distribute by a column that the key ties, extend the key, or drop it.",
    ),
  ];
}

/** A change of the distribution column would have to move the row to another shard. */
function againstActions(key: ForeignKey, column: string): Note[] {
  if (!key.columns.includes(column)) return [];
  const onDelete = key.onDelete === "set null" || key.onDelete === "set default";
  const onUpdate = onDelete || (key.onUpdate !== "no action" && key.onUpdate !== "restrict");
  if (!onDelete && !onUpdate) return [];
  const rule = onDelete ? `ON DELETE ${key.onDelete.toUpperCase()}` : `ON UPDATE ${key.onUpdate.toUpperCase()}`;
  return [
    bad(
      `The foreign key ${key.name} has ${rule} and contains ${column}. It would change a row's shard, which Citus does not do.`,
      "Create the key again without that rule.",
    ),
  ];
}

function againstIncoming(table: TableFacts, key: ForeignKey): Note[] {
  if (key.otherOid === table.oid) return [];
  if (key.otherKind === "plain") {
    return [
      warn(
        `The plain table ${key.otherName} points here with ${key.name}. Citus accepts that, but a row deleted here is afterwards no longer missed there.`,
        `Distribute ${key.otherName} next, colocated with this table.`,
      ),
    ];
  }
  return [
    bad(
      `${key.otherName}, a ${key.otherKind === "local" ? "local table in Citus' metadata" : `${key.otherKind} table`}, points here with the foreign key ${key.name}. Such tables may point to reference tables only.`,
      "Make this a reference table, or drop the key.",
    ),
  ];
}
