import "server-only";
import { z } from "zod";
import { type Database, type StoreStatement, storeStatement, type Value } from "./database";

export type Column = { name: string; type: "bigint" | "text" };
type Table = { name: string; columns: readonly Column[]; onConflict: string };

const ROWS_AT_ONCE = 50;
const nothing = z.object({});
const made = new Map<string, StoreStatement<object>>();

/** Adds rows, as many in one statement as there are: a database across the network is asked once, not fifty times. */
export async function insertMany(
  inside: Pick<Database, "all">,
  table: Table,
  rows: readonly (readonly Value[])[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    await inside.all(insertOf(table, some.length), some.flat());
  }
}

/** The statement for so many rows. Types are named, because PostgreSQL cannot tell those of values in a list. */
function insertOf({ name, columns, onConflict }: Table, rows: number): StoreStatement<object> {
  const key = `${name} ${rows}`;
  const known = made.get(key);
  if (known) return known;
  const tuples = Array.from({ length: rows }, (_, row) => {
    const values = columns.map(({ type }, column) => `cast($${row * columns.length + column + 1} as ${type})`);
    return `(${values.join(", ")})`;
  });
  const names = columns.map((column) => column.name).join(", ");
  const text = `insert into ${name} (${names}) values ${tuples.join(", ")} on conflict ${onConflict}`;
  const statement = storeStatement({ text, row: nothing });
  made.set(key, statement);
  return statement;
}
