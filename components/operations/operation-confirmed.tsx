"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { NoteLines } from "@/components/ui/note-lines";
import { NumberedSteps } from "@/components/ui/numbered-steps";
import { TitledPanel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import type { AuditRecord } from "@/lib/domain/audit";
import { auditPlan } from "@/lib/domain/audit-words";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { auditQueries } from "@/lib/queries/audit";

type Props = { clusterId: ClusterId; run: Run };

/** The intent as the audit has it: who confirmed what, from where, and what had been looked at. */
export function OperationConfirmed({ clusterId, run }: Props) {
  const records = useInfiniteQuery(auditQueries.list(clusterId, new URLSearchParams({ run: run.id }).toString()));
  const [first] = records.data?.pages ?? [];
  const intent = first?.entries.find(({ record }) => record?.kind === "intent")?.record;
  return (
    <TitledPanel title="As it was confirmed" note="from the audit">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-3 py-2.5">
        {records.error && <ProblemBanner problem={problemOf(records.error)} />}
        {records.isPending && <Skeleton className="h-3 w-48" />}
        {first && !intent && (
          <p className="text-12 text-text-2">
            {first.ownOnly === null
              ? "The audit has no intent of it."
              : `Somebody else started it, and the audit shows you your own deeds. ${first.ownOnly}`}
          </p>
        )}
        {intent && <Intent record={intent} run={run} hiddenBecause={first?.hiddenBecause ?? null} />}
      </div>
    </TitledPanel>
  );
}

function Intent({ record, run, hiddenBecause }: { record: AuditRecord; run: Run; hiddenBecause: string | null }) {
  const plan = auditPlan(record);
  const { actor } = record;
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-12">
        <Fact name="On record">
          #{record.seq}, <Time at={record.at} show="date-time" />, before the first statement
        </Fact>
        {actor && <Fact name="Who">{`${actor.name} (${actor.id})`}</Fact>}
        {actor && <Fact name="From">{`${actor.from}, session ${actor.sessionId}`}</Fact>}
        <Fact name="In PostgreSQL">
          <span className="font-mono">{run.applicationName}</span>
        </Fact>
      </dl>
      {plan ? (
        <>
          <NumberedSteps steps={plan.steps.map(({ title }) => ({ what: title }))} />
          <NoteLines
            notes={plan.notes.map(({ tone, text, detail }) => ({ tone, text: detail ? `${text} ${detail}` : text }))}
          />
        </>
      ) : (
        hiddenBecause !== null && <p className="text-12 text-text-2">The plan is left out. {hiddenBecause}</p>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
