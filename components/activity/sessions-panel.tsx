"use client";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Time } from "@/components/ui/time";
import { useHeldRows } from "@/components/ui/use-held-rows";
import type { ActivityRow } from "@/lib/domain/activity-rows";
import { type ActivityView, readActivityView } from "@/lib/domain/activity-view";
import type { ClusterNode } from "@/lib/domain/node";
import { countOf } from "@/lib/format/count";
import { SessionsTable } from "./sessions-table";
import type { ChangeView } from "./use-activity-view";

type Props = {
  rows: readonly ActivityRow[];
  /** How many there would be without any filter. */
  all: number;
  /** Some node did not answer: who is connected there is not known. */
  isPartial: boolean;
  nodes: readonly ClusterNode[];
  view: ActivityView;
  onChange: ChangeView;
  /** null: not paused. */
  pausedAt: number | null;
};

/** The table, which keeps its order while somebody points at it and says what it keeps back. */
export function SessionsPanel({ rows, all, isPartial, nodes, view, onChange, pausedAt }: Props) {
  const held = useHeldRows(rows, (row) => row.session.key);
  return (
    <div {...held.holders}>
      {rows.length === 0 ? (
        <NothingShown all={all} isPartial={isPartial} onChange={onChange} />
      ) : (
        <SessionsTable rows={held.rows} nodes={nodes} view={view} onChange={onChange} />
      )}
      {(held.changes > 0 || pausedAt !== null) && (
        <div className="flex min-h-8 items-center gap-2 border-line border-t px-3 text-12 text-text-2">
          {pausedAt !== null && (
            <span>
              Paused at <Time at={pausedAt} show="time" />, <Time at={pausedAt} />.
            </span>
          )}
          {held.changes > 0 && (
            <>
              <span>The order is held while you point at the table.</span>
              <Button size="sm" onClick={held.release}>
                {countOf(held.changes, "change")}
              </Button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

function NothingShown({ all, isPartial, onChange }: { all: number; isPartial: boolean; onChange: ChangeView }) {
  const { filter, show, node, user, over } = readActivityView(new URLSearchParams());
  if (all === 0)
    return (
      <EmptyState kind="nothing-yet" detail="The console's own sessions and background processes are not counted.">
        {isPartial ? "Nobody is connected to the nodes that answer." : "Nobody is connected."}
      </EmptyState>
    );
  return (
    <EmptyState
      kind="no-match"
      detail={`${countOf(all, "session")} ${all === 1 ? "is" : "are"} there; without a filter those that do something or hold a transaction are listed.`}
      action={<Button onClick={() => onChange({ filter, show, node, user, over })}>Clear the filters</Button>}
    >
      No session matches.
    </EmptyState>
  );
}
