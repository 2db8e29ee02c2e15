"use client";
import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import { ALLOWED } from "@/lib/domain/cluster";
import { mayBeDistributed } from "@/lib/domain/distribute-recommend";
import type { History } from "@/lib/domain/history";
import { fullName } from "@/lib/domain/table-facts";
import type { TableRow } from "@/lib/domain/table-rows";
import { TABLE_SORTS, type TableView } from "@/lib/domain/table-view";
import { formatCount } from "@/lib/format/count";
import { BytesCell, KindCell, NameCell, NotApplicable, RowsCell, SkewCell, TableGrowthCell } from "./table-cells";

type Props = {
  rows: readonly TableRow[];
  /** The series `table-bytes`; null: it has not been read. */
  history: History | null;
  view: Pick<TableView, "sort" | "direction" | "selected">;
  onOpen: (row: TableRow) => void;
  onDistribute: (row: TableRow) => void;
  onSort: (changes: Pick<TableView, "sort" | "direction">) => void;
};

/** As many tables as there are: only the rows in view are in the document. Enter or a click opens one. */
export function TablesTable({ rows, history, view, onOpen, onDistribute, onSort }: Props) {
  const columns = columnsOf(view.selected !== null, history, onDistribute);
  function sort(columnId: string) {
    const chosen = TABLE_SORTS.find((one) => one === columnId);
    if (!chosen) return;
    const isNumber = columns.find((column) => column.id === columnId)?.right === true;
    const flipped = view.direction === "ascending" ? "descending" : "ascending";
    onSort({ sort: chosen, direction: chosen === view.sort ? flipped : isNumber ? "descending" : "ascending" });
  }
  return (
    <VirtualTable
      label="Tables"
      rows={rows}
      columns={columns}
      rowKey={fullName}
      onOpen={onOpen}
      selectedKey={view.selected ?? undefined}
      sort={{ columnId: view.sort, direction: view.direction }}
      onSort={sort}
      minWidth={view.selected === null ? 1224 : 720}
      className="max-h-[calc(100dvh-236px)]"
    />
  );
}

type Column = VirtualColumn<TableRow>;

/** With the panel open there is less room: what it says of the chosen table is left out of the list. */
function columnsOf(isCompact: boolean, history: History | null, onDistribute: (row: TableRow) => void): Column[] {
  const always: Column[] = [
    { id: "name", head: "Table", sortable: true, cell: (row) => <NameCell row={row} /> },
    { id: "kind", head: "Kind", width: "112px", sortable: true, cell: (row) => <KindCell kind={row.kind} /> },
    { id: "column", head: "Distributed by", width: "120px", mono: true, sortable: true, cell: columnOf },
    { id: "shards", head: "Shards", width: "72px", right: true, sortable: true, cell: shardsOf },
    { id: "bytes", head: "Bytes", width: "112px", right: true, sortable: true, cell: (row) => <BytesCell row={row} /> },
    { id: "skew", head: "Skew", width: "116px", right: true, sortable: true, cell: (row) => <SkewCell row={row} /> },
  ];
  if (isCompact) return always;
  return [
    ...always.slice(0, 3),
    { id: "group", head: "Colocation", width: "92px", right: true, sortable: true, cell: groupOf },
    ...always.slice(3, 5),
    {
      id: "growth",
      head: "Growth",
      width: "204px",
      right: true,
      cell: (row) => <TableGrowthCell row={row} history={history} />,
    },
    ...always.slice(5),
    {
      id: "rows",
      head: "About rows",
      width: "96px",
      right: true,
      sortable: true,
      cell: (row) => <RowsCell row={row} />,
    },
    {
      id: "act",
      head: <span className="sr-only">Actions</span>,
      width: "108px",
      right: true,
      cell: (row) => <DistributeButton row={row} onDistribute={onDistribute} />,
    },
  ];
}

function columnOf(row: TableRow) {
  return row.distributionColumn ?? <NotApplicable />;
}

function groupOf(row: TableRow) {
  if (row.colocationId === null) return <NotApplicable />;
  return <span title={row.mates.length > 0 ? `With ${row.mates.join(", ")}` : "By itself"}>{row.colocationId}</span>;
}

function shardsOf(row: TableRow) {
  return row.shards === null ? <NotApplicable /> : formatCount(row.shards);
}

/** Beside plain tables only; where no column would do, or the person may not, it says why. */
function DistributeButton({ row, onDistribute }: { row: TableRow; onDistribute: (row: TableRow) => void }) {
  const because = useBecause("table:distribute", row.facts ? mayBeDistributed(row.facts) : ALLOWED);
  if (!row.facts) return null;
  return (
    <Button
      size="sm"
      aria-label={`Distribute ${fullName(row)}…`}
      because={because}
      onClick={(event) => {
        event.stopPropagation(); // the row would open its panel as well
        onDistribute(row);
      }}
    >
      Distribute…
    </Button>
  );
}
