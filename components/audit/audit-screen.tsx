"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ScreenHead } from "@/components/shell/screen-head";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import { auditQueries } from "@/lib/queries/audit";
import { AuditChecked } from "./audit-checked";
import { AuditRecordPanel } from "./audit-record-panel";
import { AuditTable } from "./audit-table";
import { AuditToolbar } from "./audit-toolbar";
import { askedBy, useAuditView } from "./use-audit-view";

/** Who did what, when, from where and how it ended: the newest first, and the whole of one record beside it. */
export function AuditScreen({ clusterId }: { clusterId: ClusterId }) {
  const [view, change] = useAuditView();
  const asked = askedBy(view.filter);
  const pages = useInfiniteQuery(auditQueries.list(clusterId, asked));
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];
  const first = pages.data?.pages[0];
  const open = entries.find(({ seq }) => seq === view.selected);
  return (
    <>
      <ScreenHead title="Audit" context={first && <AuditChecked check={first.check} />} />
      {pages.error && <ProblemBanner problem={problemOf(pages.error)} {...(first && { tone: "warn" as const })} />}
      {first?.ownOnly && (
        <p role="note" className="text-12 text-text-2">
          Only what you did yourself is shown. {first.ownOnly}
        </p>
      )}
      {first?.hiddenBecause && (
        <p role="note" className="text-12 text-text-2">
          Statements and values are left out. {first.hiddenBecause}
        </p>
      )}
      <Panel label="Audit" className="flex min-h-0 flex-1 flex-col">
        <AuditToolbar clusterId={clusterId} filter={view.filter} asked={asked} onChange={change} />
        <div className="flex min-h-0 flex-1">
          <div className="flex min-w-0 flex-1 flex-col">
            {pages.isPending && <SkeletonRows rows={14} label="The audit is being read" />}
            {entries.length > 0 && (
              <AuditTable
                entries={entries}
                selected={view.selected}
                onOpen={(seq) => change({ record: String(seq) })}
              />
            )}
            {first && entries.length === 0 && !pages.hasNextPage && (
              <Nothing isNarrowed={asked !== "scope=cluster"} isOwnOnly={first.ownOnly !== null} />
            )}
            {pages.hasNextPage && (
              <div className="flex items-center gap-3 border-line border-t px-3 py-2 text-12 text-text-3">
                <Button size="sm" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                  Load older records
                </Button>
                looked at down to #{pages.data?.pages.at(-1)?.next}
              </div>
            )}
          </div>
          {open && <AuditRecordPanel clusterId={clusterId} entry={open} onClose={() => change({ record: "" })} />}
        </div>
      </Panel>
    </>
  );
}

function Nothing({ isNarrowed, isOwnOnly }: { isNarrowed: boolean; isOwnOnly: boolean }) {
  if (isNarrowed) return <EmptyState kind="no-match">No record fits the filter.</EmptyState>;
  if (isOwnOnly) return <EmptyState kind="nothing-yet">Nothing that you did on this cluster is on record.</EmptyState>;
  return (
    <EmptyState kind="nothing-yet" detail="Every change, refusal and raw read on this cluster is put on record here.">
      Nothing was done on this cluster from this console yet.
    </EmptyState>
  );
}
