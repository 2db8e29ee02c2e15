import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import { listOf } from "./node-names";
import { type CitusKind, fullName } from "./table-facts";
import type { TableRow } from "./table-rows";

/** The word for a kind, as it stands in a table's column. */
export const KIND_WORDS: Record<CitusKind, string> = {
  distributed: "distributed",
  reference: "reference",
  schema: "schema-sharded",
  "single-shard": "single-shard",
  local: "local in metadata",
  plain: "plain",
};

/** What a kind means, in one sentence. */
export const KIND_SENTENCES: Record<CitusKind, string> = {
  distributed: "Its rows are spread over the workers by the hash of one column.",
  reference: "Every node has a full copy.",
  schema:
    "It belongs to a distributed schema: all of its rows are in one shard, beside the other tables of the schema.",
  "single-shard": "All of its rows are in one shard.",
  local: "Its rows are on the coordinator; Citus knows it, so foreign keys to reference tables hold.",
  plain: "Its rows are on the coordinator only, and Citus does not know it.",
};

const MOST_NAMED = 3;

/** "11 tables in Citus, 4 plain": the line beside the title. */
export function tablesLine(rows: readonly TableRow[]): string {
  const plain = rows.filter((row) => row.kind === "plain").length;
  const citus = rows.length - plain;
  return plain === 0 ? `${countOf(citus, "table")} in Citus` : `${countOf(citus, "table")} in Citus, ${plain} plain`;
}

/** Which tables would stop a rebalance in mode auto; null: none. */
export function identitySentence(rows: readonly TableRow[]): string | null {
  const names = rows.filter((row) => row.lacksIdentity).map(fullName);
  if (names.length === 0) return null;
  const has = names.length === 1 ? "has" : "have";
  return `${named(names)} ${has} neither primary key nor replica identity: in mode auto one such table stops a whole rebalance.`;
}

/** What distributing left behind on the coordinator; null: nothing. */
export function leftoverSentence(rows: readonly TableRow[]): string | null {
  const left = rows.filter((row) => row.leftoverBytes > 0);
  if (left.length === 0) return null;
  const bytes = left.reduce((sum, row) => sum + row.leftoverBytes, 0);
  return `${formatBytes(bytes)} of rows from before distributing still lie on the coordinator, seen by no query: ${named(left.map(fullName))}.`;
}

function named(names: readonly string[]): string {
  if (names.length <= MOST_NAMED) return listOf(names);
  return `${names.slice(0, MOST_NAMED).join(", ")} and ${names.length - MOST_NAMED} more`;
}
