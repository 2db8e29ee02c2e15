"use client";
import { VirtualTable } from "@/components/ui/virtual-table";
import type { ActivityRow } from "@/lib/domain/activity-rows";
import { type ActivityView, type RowSort, toggled } from "@/lib/domain/activity-view";
import type { ClusterNode } from "@/lib/domain/node";
import { sessionColumns } from "./session-columns";
import type { ChangeView } from "./use-activity-view";

type Props = {
  rows: readonly ActivityRow[];
  nodes: readonly ClusterNode[];
  view: ActivityView;
  onChange: ChangeView;
};

const ROW_HEIGHT = 26;
/** Those in which the greatest is what one looks for. */
const STARTS_DOWN: readonly RowSort[] = ["age"];

/** The sessions, as many as there are. A click or Enter chooses one, another takes it back. */
export function SessionsTable({ rows, nodes, view, onChange }: Props) {
  const choose = (row: ActivityRow) => onChange({ session: toggled(view.session, row.session.globalPid) });
  const chosen = view.session.at(-1);
  function sort(columnId: string) {
    const next = columnId as RowSort;
    const isDown = next === view.sort ? view.direction === "ascending" : STARTS_DOWN.includes(next);
    onChange({ sort: next, direction: isDown ? "descending" : "ascending" });
  }
  return (
    <VirtualTable
      label="Sessions"
      rows={rows}
      columns={sessionColumns(nodes, new Set(view.session), choose)}
      rowKey={(row) => row.session.key}
      onOpen={choose}
      selectedKey={rows.find((row) => row.session.globalPid === chosen)?.session.key}
      sort={{ columnId: view.sort, direction: view.direction }}
      onSort={sort}
      rowHeight={ROW_HEIGHT}
      minWidth={940}
      className="max-h-[min(430px,50dvh)]"
    />
  );
}
