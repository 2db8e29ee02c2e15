import type { Note } from "./change";
import { bad, info } from "./distribute-note";
import type { Surroundings } from "./distribute-surroundings";
import { listOf } from "./node-names";
import { fullName, type TableFacts } from "./table-facts";

/**
 * What stands against making anything of Citus out of this relation, whichever kind and column are chosen. Each sentence
 * has a fact, what it means, and the next step; the order is that in which somebody would put them right.
 */
export function againstTable(table: TableFacts): Note[] {
  return [...wrongKind(table), ...inheritance(table), ...contents(table), ...sequences(table)];
}

/** What the cluster and the login have to say, whatever the table. */
export function againstCluster(table: TableFacts, around: Surroundings): Note[] {
  return [...triggers(table, around), ...againstOwnerAndNodes(table, around, true)];
}

/** The two things every change of a table's kind needs; `isFirst`: the nodes are spoken of once, however many tables change. */
export function againstOwnerAndNodes(table: TableFacts, around: Surroundings, isFirst: boolean): Note[] {
  return [...rights(table, around), ...(isFirst ? silentNodes(around) : [])];
}

function wrongKind(table: TableFacts): Note[] {
  const name = fullName(table);
  const { relationKind, citusKind } = table;
  if (citusKind !== "plain" && citusKind !== "local") {
    return [bad(`${name} is already a ${WORDS[citusKind]} table.`, "To distribute it anew, undistribute it first.")];
  }
  if (table.isSystem)
    return [bad(`${name} belongs to PostgreSQL itself. Citus distributes no catalogs.`, "Choose a table of your own.")];
  if (table.extension !== null) {
    return [
      bad(
        `${name} belongs to the extension ${table.extension}. The workers have their own, made with the extension.`,
        "Choose a table that no extension owns.",
      ),
    ];
  }
  if (table.isTemporary) {
    return [
      bad(
        `${name} is a temporary table. Only the session that made it can see it.`,
        "Create it as a permanent table first.",
      ),
    ];
  }
  if (relationKind === "foreign table") {
    return [bad(`${name} is a foreign table. Its rows are somewhere else already.`, "Copy them into a table first.")];
  }
  if (relationKind !== "table" && relationKind !== "partitioned") {
    const what = relationKind === "other" ? "no table" : `a ${relationKind}`;
    return [bad(`${name} is ${what}. Citus distributes tables only.`, "Distribute the tables below it.")];
  }
  return [];
}

const WORDS = {
  distributed: "distributed",
  reference: "reference",
  schema: "schema-sharded",
  "single-shard": "single-shard",
} as const;

function inheritance(table: TableFacts): Note[] {
  const name = fullName(table);
  const { parent } = table;
  if (parent?.isPartitioned) {
    return [
      bad(
        `${name} is a partition of ${parent.name}. Partitions are distributed with their parent only.`,
        `Distribute ${parent.name}.`,
      ),
    ];
  }
  if (parent) {
    return [
      bad(
        `${name} inherits from ${parent.name}. Citus distributes no tables with inheritance.`,
        "End it with ALTER TABLE … NO INHERIT, or use partitions.",
      ),
    ];
  }
  if (table.hasInheritors) {
    return [
      bad(
        `Other tables inherit from ${name}. Citus distributes no tables with inheritance.`,
        "End it with ALTER TABLE … NO INHERIT, or use partitions.",
      ),
    ];
  }
  if (table.subPartitioned !== null) {
    return [
      bad(
        `Its partition ${table.subPartitioned} is partitioned itself. Citus distributes one level of partitions.`,
        "Detach it, or partition in one level.",
      ),
    ];
  }
  if (table.foreignPartition !== null) {
    return [
      bad(
        `Its partition ${table.foreignPartition} is a foreign table. Citus distributes tables with rows of their own only.`,
        "Detach that partition first.",
      ),
    ];
  }
  return [];
}

function contents(table: TableFacts): Note[] {
  const notes: Note[] = [];
  if (table.subqueryPolicies.length > 0) {
    notes.push(
      bad(
        `The row security policy ${listOf(table.subqueryPolicies)} contains a subquery. Citus takes policies without subqueries only.`,
        "Rewrite or drop it first.",
      ),
    );
  } else if (table.hasRowSecurity) {
    notes.push(info("Row security is on. Its policies are created on every shard as they are."));
  }
  if (table.isUnlogged)
    notes.push(info("The table is unlogged, and its shards will be: a worker's crash empties them."));
  return notes;
}

function sequences(table: TableFacts): Note[] {
  return table.columns.flatMap((column) => {
    if (column.sequenceCount > 1) {
      return [
        bad(
          `The default of ${column.name} takes values from ${column.sequenceCount} sequences. Citus allows one per column.`,
          "Change the default first.",
        ),
      ];
    }
    if (column.sequenceClash === null) return [];
    return [
      bad(
        `${column.name} takes its values from a sequence that ${column.sequenceClash} uses as another type. Citus gives a sequence one type on all nodes.`,
        "Give the column a sequence of its own.",
      ),
    ];
  });
}

function rights(table: TableFacts, around: Surroundings): Note[] {
  if (table.isOwned) return [];
  return [
    bad(
      `${fullName(table)} belongs to ${table.owner}, and ${around.login} has not the rights of that role. Only an owner may distribute.`,
      `Grant ${table.owner} to ${around.login}, or configure another login.`,
    ),
  ];
}

function triggers(table: TableFacts, around: Surroundings): Note[] {
  if (table.triggers.length === 0) return [];
  const named = `${table.triggers.length === 1 ? "the trigger" : "triggers"} ${listOf(table.triggers)}`;
  if (around.unsafeTriggers) {
    return [info(`It has ${named}. citus.enable_unsafe_triggers is on, so they are created on every shard.`)];
  }
  return [
    bad(
      `It has ${named}. Triggers would fire per shard, so Citus refuses tables that have any, switched off or not.`,
      "Drop them first.",
    ),
  ];
}

/** Every change of a table's kind is told to all nodes in one transaction. */
function silentNodes(around: Surroundings): Note[] {
  const silent = around.nodes.filter((node) => node.silent).map((node) => node.name);
  if (silent.length === 0) return [];
  const answer = silent.length === 1 ? "does not answer" : "do not answer";
  return [
    bad(
      `${listOf(silent)} ${answer}. Citus tells every node in one transaction, so one that is away stops it.`,
      "Bring the node back first.",
    ),
  ];
}
