import type { Note } from "./change";
import type { Judgement } from "./distribute";
import { bad, bySeverity, info, verdictOf } from "./distribute-note";
import type { Surroundings } from "./distribute-surroundings";
import { againstCluster, againstTable } from "./distribute-table-rules";
import { type ForeignKey, fullName, type TableFacts } from "./table-facts";

/** May this table become a reference table: a full copy on every node. */
export function mayBecomeReference(table: TableFacts, around: Surroundings): Judgement {
  const notes = bySeverity([
    ...againstTable(table),
    ...partitioned(table),
    ...table.foreignKeys.flatMap((key) => againstOutgoing(table, key, around)),
    ...table.referencedBy.flatMap((key) => aboutIncoming(table, key, around)),
    ...againstCluster(table, around),
  ]);
  return { verdict: verdictOf(notes), notes, landing: null };
}

function partitioned(table: TableFacts): Note[] {
  if (table.relationKind !== "partitioned") return [];
  return [
    bad(
      `${fullName(table)} is partitioned. Citus distributes partitioned tables by hash only.`,
      "Distribute it by a column.",
    ),
  ];
}

function againstOutgoing(table: TableFacts, key: ForeignKey, around: Surroundings): Note[] {
  if (key.otherOid === table.oid || key.otherKind === "reference") return [];
  if (key.otherKind !== "plain" && key.otherKind !== "local") {
    return [
      bad(
        `The foreign key ${key.name} points to the ${key.otherKind} table ${key.otherName}. A reference table may point to reference and local tables only.`,
        "Drop the key, or distribute this table colocated with it.",
      ),
    ];
  }
  if (![key.onDelete, key.onUpdate].every((action) => action === "no action" || action === "restrict")) {
    return [
      bad(
        `The foreign key ${key.name} to ${key.otherName} has a rule for DELETE or UPDATE. From a reference table to a local one Citus takes NO ACTION and RESTRICT only.`,
        `Make ${key.otherName} a reference table first.`,
      ),
    ];
  }
  return key.otherKind === "local" ? [] : joinsMetadata(key.otherName, around, true);
}

function aboutIncoming(table: TableFacts, key: ForeignKey, around: Surroundings): Note[] {
  if (key.otherOid === table.oid || key.otherKind !== "plain") return [];
  return joinsMetadata(key.otherName, around, false);
}

/** Citus takes plain tables tied by foreign keys into its metadata, if the coordinator is registered there. */
function joinsMetadata(name: string, around: Surroundings, isNeeded: boolean): Note[] {
  if (around.coordinatorRegistered) {
    return [
      info(`${name} is tied to it by a foreign key, so Citus adds it to its metadata as a local table. Its rows stay.`),
    ];
  }
  if (!isNeeded) return [];
  return [
    bad(
      `It points to ${name}, which is on the coordinator only, and the coordinator is not registered in the cluster's metadata.`,
      "Set the coordinator's host on the screen Nodes first.",
    ),
  ];
}
