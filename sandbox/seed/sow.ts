import { readFileSync } from "node:fs";
import { query } from "../query.ts";
import { PRIMARY_NAMES, type SandboxState } from "../state.ts";

/** Split at the end of a line, so that each statement is a transaction of its own, as when a person types them. */
function statementsOf(file: string): string[] {
  const text = readFileSync(new URL(file, import.meta.url), "utf8");
  return text
    .split(/;\s*\n/)
    .map((statement) => statement.trim())
    .filter(Boolean);
}

/** The sample data. Plain tables are filled first and then distributed, which every engine can do. */
export async function sowSample(state: SandboxState): Promise<void> {
  for (const file of ["tables.sql", "rows.sql", "owners.sql", "distribute.sql"]) {
    for (const statement of statementsOf(file)) await query(state, statement);
  }
  // On each node for itself: both engines know their own tables, and only a real one could pass it on.
  await Promise.all(PRIMARY_NAMES.map((node) => query(state, "vacuum analyze", [], { node })));
}
