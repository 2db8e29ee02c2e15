import type { Verdict } from "./cluster";
import type { ColocateWith, DistributeChoice } from "./distribute-choice";
import { againstColumn } from "./distribute-column-rules";
import { verdictOf } from "./distribute-note";
import type { ColocationTarget, Surroundings } from "./distribute-surroundings";
import { againstTable } from "./distribute-table-rules";
import type { TableColumn, TableFacts } from "./table-facts";

/** A column as something to distribute by: whether it may, and what speaks for or against it. */
export type ColumnOption = {
  column: TableColumn;
  verdict: Verdict;
  /** In favour, strongest first: "foreign key to public.customers, which is distributed by it". */
  reasons: string[];
  /** Against, though allowed: "few different values". */
  doubts: string[];
  score: number;
};

const FEW_VALUES = new Set(["boolean", '"char"']);
const TIMES = /^(date|time|timestamp|interval)/;

/** Every column, those that may be chosen first and the best of them on top. */
export function columnOptions(table: TableFacts, around: Surroundings): ColumnOption[] {
  return table.columns
    .map((column) => optionOf(table, column, around))
    .sort((a, b) => Number(b.verdict.allowed) - Number(a.verdict.allowed) || b.score - a.score);
}

function optionOf(table: TableFacts, column: TableColumn, around: Surroundings): ColumnOption {
  const verdict = verdictOf(againstColumn(table, column.name));
  const reasons: string[] = [];
  let score = 0;
  const tied = tiedTarget(table, column, around);
  if (tied) {
    reasons.push(`foreign key to ${tied.name}, which is distributed by ${tied.column}`);
    score += 8;
  }
  const namesake = namesakeTarget(table, column, around);
  if (namesake && namesake.oid !== tied?.oid) {
    reasons.push(`${namesake.name} is distributed by a column of this name and type`);
    score += 4;
  }
  if (table.keys.length > 0 && table.keys.every((key) => key.covers.includes(column.name))) {
    reasons.push(table.keys.length === 1 ? `part of ${table.keys[0]?.name}` : "part of every key");
    score += 3;
  }
  if (column.isNotNull) score += 1;
  if (/(^|_)(id|uuid|key)$/.test(column.name)) score += 1;
  const doubts: string[] = [];
  if (FEW_VALUES.has(column.plainType)) doubts.push("few different values: most shards would stay empty");
  if (TIMES.test(column.plainType)) doubts.push("a time: joins and lookups by anything else would ask every shard");
  return { column, verdict, reasons, doubts, score: score - 6 * doubts.length };
}

/** The hash-distributed table to whose distribution column a foreign key ties this column. */
function tiedTarget(table: TableFacts, column: TableColumn, around: Surroundings): ColocationTarget | undefined {
  for (const key of table.foreignKeys) {
    const at = key.columns.indexOf(column.name);
    const target = around.targets.find((candidate) => candidate.oid === key.otherOid);
    if (target && at >= 0 && key.otherColumns[at] === target.column && fits(column, target)) return target;
  }
  return undefined;
}

function namesakeTarget(table: TableFacts, column: TableColumn, around: Surroundings): ColocationTarget | undefined {
  return around.targets.find(
    (target) => target.oid !== table.oid && target.column === column.name && fits(column, target),
  );
}

function fits(column: TableColumn, target: ColocationTarget): boolean {
  return column.plainType === target.plainType && column.collation === target.collation;
}

/** The tables that this column may be colocated with. */
export function targetsFor(table: TableFacts, column: TableColumn, around: Surroundings): ColocationTarget[] {
  return around.targets.filter((target) => target.oid !== table.oid && fits(column, target));
}

/** With whom a column is best colocated: the table a foreign key demands, one distributed by the same name, else Citus' default. */
export function recommendedColocation(table: TableFacts, column: TableColumn, around: Surroundings): ColocateWith {
  const target = tiedTarget(table, column, around) ?? namesakeTarget(table, column, around);
  return target ? { kind: "table", oid: target.oid } : { kind: "default" };
}

/** What the form begins with; null: no column of the table may be chosen. */
export function recommendedChoice(table: TableFacts, around: Surroundings): DistributeChoice | null {
  const best = columnOptions(table, around).find((option) => option.verdict.allowed);
  if (!best) return null;
  return {
    column: best.column.name,
    colocateWith: recommendedColocation(table, best.column, around),
    shardCount: null,
  };
}

/** Whether any choice could distribute it, as far as the table alone tells: for a button in a list, before anything is chosen. */
export function mayBeDistributed(table: TableFacts): Verdict {
  const ofTable = verdictOf(againstTable(table));
  if (!ofTable.allowed) return ofTable;
  const verdicts = table.columns.map((column) => verdictOf(againstColumn(table, column.name)));
  const first = verdicts[0];
  if (!first) return { allowed: false, because: "The table has no columns to distribute by." };
  if (verdicts.some((verdict) => verdict.allowed)) return { allowed: true };
  return {
    allowed: false,
    because:
      "No column can be the distribution column: each is missing in some key, generated, or of a type that cannot be hashed. Put one column into every key, or make it a reference table.",
  };
}
