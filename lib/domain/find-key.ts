import { ALLOWED, refused, type Verdict } from "./cluster";
import { fullName } from "./table-facts";
import type { CitusTable } from "./topology";

/** Why a value of this table cannot be looked up by its hash, if it cannot. */
export function mayFindKey(table: Pick<CitusTable, "schema" | "name" | "kind" | "distributionColumn">): Verdict {
  const name = fullName(table);
  switch (table.kind) {
    case "distributed":
      return table.distributionColumn === null
        ? refused(`Table ${name} has no distribution column that could be read.`)
        : ALLOWED;
    case "reference":
      return refused(`Table ${name} is a reference table: every node holds all its rows.`);
    case "schema":
      return refused(`Table ${name} belongs to a distributed schema: one shard holds all its rows.`);
    case "single-shard":
      return refused(`Table ${name} has no distribution column: one shard holds all its rows.`);
    case "local":
      return refused(`Table ${name} is local: all its rows are on the coordinator.`);
  }
}
