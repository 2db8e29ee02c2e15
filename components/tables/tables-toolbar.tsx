"use client";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import type { TableRow } from "@/lib/domain/table-rows";
import { countByFilter, TABLE_FILTERS, type TableFilter, type TableView } from "@/lib/domain/table-view";
import { countOf, formatCount } from "@/lib/format/count";

type Props = {
  rows: readonly TableRow[];
  shown: number;
  view: TableView;
  /** What waits while the pointer is over the table. */
  held: { changes: number; release: () => void };
  onChange: (changes: Partial<TableView>) => void;
};

const LABELS: Record<TableFilter, string> = {
  all: "All",
  distributed: "Distributed",
  reference: "Reference",
  single: "One shard",
  local: "Local in metadata",
  plain: "Plain",
};

/** Which tables are listed. Kinds that the cluster does not have are not offered. */
export function TablesToolbar({ rows, shown, view, held, onChange }: Props) {
  const counts = countByFilter(rows);
  const offered = TABLE_FILTERS.filter((filter) => filter === "all" || counts[filter] > 0 || filter === view.filter);
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-2 border-line border-b px-3 py-1.5">
      <TextField
        label="Filter tables"
        hideLabel
        icon="filter"
        placeholder="Filter by name, column or owner"
        value={view.text}
        onChange={(text) => onChange({ text })}
        className="w-60"
        data-filter=""
      />
      <Segmented
        label="Kind"
        value={view.filter}
        options={offered.map((filter) => ({ value: filter, label: LABELS[filter], count: counts[filter] }))}
        onChange={(filter) => onChange({ filter })}
      />
      {held.changes > 0 && (
        <Button size="sm" variant="quiet" icon="refresh" onClick={held.release}>
          {countOf(held.changes, "change")}
        </Button>
      )}
      <span role="status" className="ml-auto text-12 text-text-3">
        {shown === rows.length ? countOf(shown, "table") : `${formatCount(shown)} of ${countOf(rows.length, "table")}`}
      </span>
    </div>
  );
}
