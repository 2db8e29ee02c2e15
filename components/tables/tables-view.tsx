"use client";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { useHeldRows } from "@/components/ui/use-held-rows";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { fullName } from "@/lib/domain/table-facts";
import type { TableRow } from "@/lib/domain/table-rows";
import { viewedRows } from "@/lib/domain/table-view";
import { GROWTH_SPAN, historyQueries } from "@/lib/queries/history";
import { type OpenDialog, TableDialog } from "./table-dialog";
import { TablePanel } from "./table-panel";
import { TablesTable } from "./tables-table";
import { TablesToolbar } from "./tables-toolbar";
import { TablesVerdict } from "./tables-verdict";
import { useTableView } from "./use-table-view";

type Props = {
  clusterId: ClusterId;
  picture: ClusterPicture;
  rows: readonly TableRow[];
  /** Plain tables have been read. */
  isLocalKnown: boolean;
};

/** The tables, the panel of the one that is chosen, and the dialogs that change it. */
export function TablesView({ clusterId, picture, rows, isLocalKnown }: Props) {
  const [view, onChange] = useTableView();
  const history = useQuery(historyQueries.latest(clusterId, "table-bytes", GROWTH_SPAN));
  const [dialog, setDialog] = useState<OpenDialog | null>(null);
  const { filter, sort, direction } = view;
  const text = useDeferredValue(view.text);
  const viewed = useMemo(
    () => viewedRows(rows, { text, filter, sort, direction }),
    [rows, text, filter, sort, direction],
  );
  const held = useHeldRows(viewed, (row) => row.oid);
  // What is held is the order that live data would change. An order somebody asks for comes at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the wish changes, not with every row
  useEffect(() => held.release(), [text, filter, sort, direction]);
  const selected = rows.find((row) => fullName(row) === view.selected);
  const open = (kind: OpenDialog["kind"], row: TableRow) => setDialog({ kind, row });
  return (
    <>
      <TablesVerdict picture={picture} rows={rows} isLocalKnown={isLocalKnown} />
      <div className="flex min-h-0 flex-1 items-start gap-3">
        <Panel label="Tables" className="flex-1 overflow-hidden">
          <TablesToolbar rows={rows} shown={viewed.length} view={view} held={held} onChange={onChange} />
          {viewed.length === 0 ? (
            <NothingFound view={view} onClear={() => onChange({ text: "", filter: "all" })} />
          ) : (
            <div {...held.holders}>
              <TablesTable
                rows={held.rows}
                history={history.data ?? null}
                view={{ ...view, selected: selected ? view.selected : null }}
                onOpen={(row) => onChange({ selected: fullName(row) })}
                onDistribute={(row) => open("distribute", row)}
                onSort={onChange}
              />
            </div>
          )}
        </Panel>
        {selected && (
          <TablePanel
            key={selected.oid}
            clusterId={clusterId}
            picture={picture}
            row={selected}
            onAct={(kind) => open(kind, selected)}
            onClose={() => onChange({ selected: null })}
          />
        )}
      </div>
      {dialog && (
        <TableDialog
          clusterId={clusterId}
          dialog={dialog}
          onStarted={() => onChange({ selected: fullName(dialog.row) })}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function NothingFound({ view, onClear }: { view: { text: string }; onClear: () => void }) {
  return (
    <EmptyState kind="no-match" action={<Button onClick={onClear}>Show all tables</Button>}>
      {view.text === "" ? "There is no table of this kind." : `No table matches "${view.text}".`}
    </EmptyState>
  );
}
