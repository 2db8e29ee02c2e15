"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { DialogSection } from "@/components/ui/dialog";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import { recommendedChoice } from "@/lib/domain/distribute-recommend";
import { fullName } from "@/lib/domain/table-facts";
import { tableChanges, tableQueries } from "@/lib/queries/tables";
import { choiceOf, type Draft, draftOf } from "./distribute-draft";
import { DistributeForm } from "./distribute-form";
import type { TableDialogProps } from "./table-dialog";
import { useSettled } from "./use-settled";

/** Asks by which column, beside which tables and in how many shards; the plan below follows the choice. */
export function DistributeDialog({ clusterId, row, onStarted, onClose }: TableDialogProps) {
  const preflight = useQuery({ ...tableQueries.preflight({ clusterId, table: row.oid }), refetchOnWindowFocus: false });
  const [touched, setTouched] = useState<Draft>();
  const known = preflight.data;
  const recommended = known ? recommendedChoice(known.table, known.around) : null;
  const draft = touched ?? (recommended ? draftOf(recommended) : undefined);
  const choice = draft ? choiceOf(draft) : null;
  const [settled, isSettling] = useSettled(choice);
  return (
    <ChangeDialog
      open
      onClose={onClose}
      clusterId={clusterId}
      actions={tableChanges.distribute}
      input={settled ? { clusterId, table: row.oid, ...settled } : null}
      title={
        <>
          Distribute <span className="font-mono">{fullName(row)}</span>?
        </>
      }
      intro="Its rows are copied into shards on the workers. Queries that name the distribution column go to one shard; others ask all of them."
      confirmLabel="Distribute"
      blockedBecause={whyOff(preflight.isPending, draft, choice !== null, isSettling)}
      onStarted={onStarted}
      width={720}
    >
      {known && draft && <DistributeForm {...known} draft={draft} recommended={recommended} onChange={setTouched} />}
      {known && !draft && (
        <DialogSection title="Distribution column">
          <p>No column of this table can be chosen. Its panel lists the keys that stand against it.</p>
        </DialogSection>
      )}
      {preflight.error && (
        <DialogSection>
          <ProblemBanner problem={problemOf(preflight.error)} consequence="The table could not be looked at." />
        </DialogSection>
      )}
      {preflight.isPending && !preflight.error && (
        <DialogSection title="Distribution column">
          <div role="status" aria-label="The table is being looked at" className="grid gap-2.5 py-1">
            <Skeleton className="h-3 w-64" />
            <Skeleton className="h-3 w-48" />
          </div>
        </DialogSection>
      )}
    </ChangeDialog>
  );
}

function whyOff(
  isPending: boolean,
  draft: Draft | undefined,
  isComplete: boolean,
  isSettling: boolean,
): string | undefined {
  if (isPending) return "The table is being looked at.";
  if (!draft) return "No column of this table can be chosen.";
  if (!isComplete) return "The shard count has to be a whole number.";
  return isSettling ? "The plan follows what you chose." : undefined;
}
