"use client";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "@/components/ui/empty-state";
import { TitledPanel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import type { Run } from "@/lib/domain/change";
import { changeWords } from "@/lib/domain/change-words";
import type { ClusterId } from "@/lib/domain/cluster";
import { runQueries } from "@/lib/queries/changes";

/** As many as stand beside the findings without making the page longer. */
const SHOWN = 5;
const TONE: Record<Run["state"], Tone> = {
  running: "running",
  detached: "running",
  succeeded: "ok",
  failed: "bad",
  unknown: "warn",
};

/** Statements that ran are a success only when their effect was seen: a drain that was stopped is none. */
function endOf({ state, effect }: Run): { tone: Tone; word: string } {
  if (state === "succeeded" && effect?.seen === false) return { tone: "warn", word: "effect not seen" };
  return { tone: TONE[state], word: state };
}

/** What people changed from this console since it started, and whether the effect was seen. */
export function RecentChanges({ clusterId }: { clusterId: ClusterId }) {
  const runs = useQuery(runQueries.list(clusterId)).data?.data?.runs;
  return (
    <TitledPanel title="Recent changes" className="flex-1">
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
                {changeWords(run.change)} <span className="font-mono">{run.subject}</span>
              </p>
              <p className="line-clamp-2 text-text-2" title={run.problem?.detail ?? run.effect?.sentence}>
                <StatusWord tone={endOf(run).tone}>{endOf(run).word}</StatusWord>{" "}
                {run.problem?.detail ?? run.effect?.sentence}
              </p>
            </div>
          </li>
        ))}
      </ol>
    </TitledPanel>
  );
}
