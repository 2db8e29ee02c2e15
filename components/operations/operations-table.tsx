"use client";
import { runLook } from "@/components/change/run-look";
import { Duration } from "@/components/ui/quantity";
import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import { type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import type { Run } from "@/lib/domain/change";
import { changeWords } from "@/lib/domain/change-words";

type Props = { runs: readonly Run[]; onOpen: (run: Run) => void };

export function OperationsTable({ runs, onOpen }: Props) {
  return (
    <VirtualTable
      label="Operations"
      rows={runs}
      columns={COLUMNS}
      rowKey={({ id }) => id}
      onOpen={onOpen}
      minWidth={860}
      className="max-h-[calc(100dvh-160px)]"
    />
  );
}

const COLUMNS: VirtualColumn<Run>[] = [
  {
    id: "what",
    head: "What",
    width: "220px",
    cell: ({ change, subject }) => (
      <span title={`${changeWords(change)} ${subject}`}>
        {changeWords(change)} <span className="font-mono">{subject}</span>
      </span>
    ),
  },
  {
    id: "state",
    head: "State",
    width: "136px",
    cell: (run) => <StatusWord tone={runLook(run).tone}>{runLook(run).word}</StatusWord>,
  },
  { id: "at", head: "Started", width: "152px", cell: ({ startedAt }) => <Time at={startedAt} show="date-time" /> },
  { id: "who", head: "Who", width: "120px", cell: ({ actor, actorId }) => <span title={actorId}>{actor}</span> },
  {
    id: "took",
    head: "Took",
    width: "84px",
    right: true,
    cell: ({ startedAt, finishedAt }) => (
      <Duration value={finishedAt === null ? null : (finishedAt - startedAt) / 1000} unknown="it is not over" />
    ),
  },
  {
    id: "came",
    head: "What came of it",
    cell: ({ problem, effect }) => {
      const words = problem?.detail ?? effect?.sentence ?? "";
      return (
        <span className="text-text-2" title={words}>
          {words}
        </span>
      );
    },
  },
];
