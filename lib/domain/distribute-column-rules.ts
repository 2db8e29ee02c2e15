import type { Note } from "./change";
import { bad, info, warn } from "./distribute-note";
import { fullName, type TableColumn, type TableFacts, type TableKey } from "./table-facts";

const SMALL_IDENTITY = new Set(["integer", "smallint"]);

/** What stands against this column as the distribution column, apart from foreign keys and colocation. */
export function againstColumn(table: TableFacts, columnName: string): Note[] {
  const column = table.columns.find((candidate) => candidate.name === columnName);
  if (!column) {
    return [bad(`${fullName(table)} has no column "${columnName}".`, "Choose one of its columns.")];
  }
  return [...againstType(column), ...keysWithout(table, column), ...nullable(column), ...identity(table)];
}

function againstType(column: TableColumn): Note[] {
  const { name, type } = column;
  if (column.isGenerated) {
    return [
      bad(
        `${name} is a generated column. Citus needs the value before the row reaches a shard.`,
        "Choose a column that is stored as it is sent.",
      ),
    ];
  }
  if (!column.isHashable) {
    return [
      bad(
        `${name} is of type ${type}, which has no hash function all the way down. Citus could not tell a row's shard.`,
        "Choose a column of another type.",
      ),
    ];
  }
  if (column.hasNegativeScale) {
    return [
      bad(
        `${name} is ${type}: its scale is negative, and Citus does not distribute by such numbers.`,
        "Choose another column, or change its type.",
      ),
    ];
  }
  if (!column.isDeterministic) {
    return [
      bad(
        `${name} has the collation ${column.collation}, which is not deterministic. Equal values could land in different shards.`,
        "Choose another column, or change its collation.",
      ),
    ];
  }
  return [];
}

function keysWithout(table: TableFacts, column: TableColumn): Note[] {
  return table.keys.filter((key) => !key.covers.includes(column.name)).map((key) => keyNote(key, column.name));
}

function keyNote(key: TableKey, column: string): Note {
  const columns = key.columns.join(", ");
  if (key.includes.includes(column)) {
    return warn(
      `The unique key ${key.name} (${columns}) only INCLUDEs ${column}. Citus accepts that, but each shard then keeps its own rows unique, not the table.`,
      `Add ${column} to the key itself.`,
    );
  }
  if (key.kind === "exclusion") {
    return bad(
      `The exclusion constraint ${key.name} (${columns}) does not compare ${column} for equality. A shard sees its own rows only, so Citus refuses it.`,
      `Add "${column} WITH =" to it, or drop it.`,
    );
  }
  const what = key.kind === "primary" ? "primary key" : "unique key";
  return bad(
    `The ${what} ${key.name} (${columns}) does not contain ${column}. A shard sees its own rows only, so it could not keep the rows unique.`,
    `Choose a column of that key, add ${column} to it, or drop it.`,
  );
}

function nullable(column: TableColumn): Note[] {
  if (column.isNotNull) return [];
  return [
    warn(
      `${column.name} may be NULL. A row without a value belongs to no shard: one such row stops the copy, and later inserts of one fail.`,
      "Set the column NOT NULL first.",
    ),
  ];
}

/** Allowed by Citus, but not to be learnt in production. */
function identity(table: TableFacts): Note[] {
  const columns = table.columns.filter((column) => column.isIdentity);
  if (columns.length === 0) return [];
  const names = columns.map((column) => column.name).join(", ");
  const small = columns.filter((column) => SMALL_IDENTITY.has(column.plainType));
  return [
    warn(
      `${names} is an identity column. Citus distributes the table, but cannot undistribute or alter it afterwards.`,
      small.length > 0
        ? `It is ${small.map((column) => column.plainType).join(", ")}: rows can then be inserted through the coordinator only.`
        : undefined,
    ),
  ];
}

/** The rows that a preflight of the server found without a value: the copy would fail on the first. */
export function nullsFound(columnName: string): Note {
  return bad(
    `There are rows in which ${columnName} is NULL. A row without a value belongs to no shard, so the copy would fail.`,
    "Fill or delete these rows, then set the column NOT NULL.",
  );
}

/** The question was not put, or not answered: then Citus finds out, and the copy fails without having changed anything. */
export function nullsNotLookedFor(columnName: string, because: string | null): Note {
  const why = because ?? "The table is large or locked.";
  return info(`Whether any row has NULL in ${columnName} was not looked up. ${why}`);
}
