import { fullName } from "./table-facts";
import type { TableRow } from "./table-rows";

/** Which tables are listed; `citus` and `plain` are the two halves of `all`. */
export const TABLE_FILTERS = ["all", "distributed", "reference", "single", "local", "plain"] as const;
export type TableFilter = (typeof TABLE_FILTERS)[number];

export const TABLE_SORTS = ["name", "kind", "column", "group", "shards", "bytes", "skew", "rows"] as const;
type TableSort = (typeof TABLE_SORTS)[number];

export type TableView = {
  text: string;
  filter: TableFilter;
  sort: TableSort;
  direction: "ascending" | "descending";
  /** "public.orders"; a name and not an oid, because undistributing gives a table a new one. */
  selected: string | null;
};

const KINDS: Record<TableFilter, readonly TableRow["kind"][] | null> = {
  all: null,
  distributed: ["distributed"],
  reference: ["reference"],
  single: ["schema", "single-shard"],
  local: ["local"],
  plain: ["plain"],
};

export function countByFilter(rows: readonly TableRow[]): Record<TableFilter, number> {
  const count = (filter: TableFilter) => rows.filter((row) => KINDS[filter]?.includes(row.kind) ?? true).length;
  return {
    all: count("all"),
    distributed: count("distributed"),
    reference: count("reference"),
    single: count("single"),
    local: count("local"),
    plain: count("plain"),
  };
}

/** The rows that the view shows, in its order. Words are sought in the name, the column and the owner; all must be there. */
export function viewedRows(rows: readonly TableRow[], view: Omit<TableView, "selected">): TableRow[] {
  const words = view.text.toLowerCase().split(/\s+/).filter(Boolean);
  const kinds = KINDS[view.filter];
  return rows
    .filter((row) => (kinds?.includes(row.kind) ?? true) && matches(row, words))
    .sort(orderOf(view.sort, view.direction));
}

function matches(row: TableRow, words: readonly string[]): boolean {
  const text = `${fullName(row)} ${row.distributionColumn ?? ""} ${row.owner}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** What is unknown or does not apply stands at the end, whichever way it is sorted. Equal rows are in the order of their names. */
function orderOf(sort: TableSort, direction: TableView["direction"]) {
  const sign = direction === "ascending" ? 1 : -1;
  return (a: TableRow, b: TableRow) => {
    const left = sortKey(a, sort);
    const right = sortKey(b, sort);
    if (left === null || right === null) {
      if (left !== right) return left === null ? 1 : -1;
      return byName(a, b);
    }
    const difference = typeof left === "string" ? left.localeCompare(String(right)) : left - Number(right);
    return difference === 0 ? byName(a, b) : sign * difference;
  };
}

function byName(a: TableRow, b: TableRow): number {
  return fullName(a).localeCompare(fullName(b));
}

function sortKey(row: TableRow, sort: TableSort): string | number | null {
  switch (sort) {
    case "name":
      return fullName(row);
    case "kind":
      return row.kind;
    case "column":
      return row.distributionColumn;
    case "group":
      return row.colocationId;
    case "shards":
      return row.shards;
    case "bytes":
      return row.bytes;
    case "skew":
      return row.largestToMedian;
    case "rows":
      return row.rows;
  }
}
