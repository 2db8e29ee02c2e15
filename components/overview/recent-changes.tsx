"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { runLook } from "@/components/change/run-look";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { TitledPanel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import { changeWords } from "@/lib/domain/change-words";
import type { ClusterId } from "@/lib/domain/cluster";
import { runQueries } from "@/lib/queries/changes";
import { routes } from "@/lib/routes";

/** As many as stand beside the findings without making the page longer. */
const SHOWN = 5;
/** What people changed from this console last, and whether the effect was seen. Each leads to its page. */
export function RecentChanges({ clusterId }: { clusterId: ClusterId }) {
  const runs = useQuery(runQueries.list(clusterId)).data?.data?.runs;
  return (
    <TitledPanel
      title="Recent changes"
      className="flex-1"
      actions={
        <>
          <LinkButton href={routes.moves(clusterId)} size="sm">
            What moved
          </LinkButton>
          <LinkButton href={routes.operations(clusterId)} size="sm">
            All
          </LinkButton>
        </>
      }
    >
      {runs?.length === 0 && <EmptyState kind="nothing-yet">Nothing was changed from here yet.</EmptyState>}
      <ol>
        {runs?.slice(0, SHOWN).map((run) => (
          <li
            key={run.id}
            className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-line border-b px-3 py-2 text-12 last:border-b-0"
          >
            <span className="text-text-3">
              <Time at={run.startedAt} show="time" />
            </span>
            <div className="min-w-0">
              <p className="break-words">
                <Link href={routes.operation(clusterId, run.id)} className="hover:underline">
                  {changeWords(run.change)} <span className="font-mono">{run.subject}</span>
                </Link>
              </p>
              <p className="line-clamp-2 text-text-2" title={run.problem?.detail ?? run.effect?.sentence}>
                <StatusWord tone={runLook(run).tone}>{runLook(run).word}</StatusWord>{" "}
                {run.problem?.detail ?? run.effect?.sentence}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </TitledPanel>
  );
}
