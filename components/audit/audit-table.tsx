"use client";
import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import type { Tone } from "@/components/ui/tone";
import { Unknown } from "@/components/ui/unknown";
import { type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import type { AuditEntry } from "@/lib/domain/audit";
import { auditState, auditWords, kindWords } from "@/lib/domain/audit-words";
import { formatCount } from "@/lib/format/count";

type Props = { entries: readonly AuditEntry[]; selected: number | null; onOpen: (seq: number) => void };

/** As many records as were loaded: only those in view are in the document. */
export function AuditTable({ entries, selected, onOpen }: Props) {
  return (
    <VirtualTable
      label="Records of the audit"
      rows={entries}
      columns={COLUMNS}
      rowKey={({ seq }) => seq}
      onOpen={({ seq }) => onOpen(seq)}
      selectedKey={selected ?? undefined}
      minWidth={820}
      className="h-[calc(100dvh-190px)] min-h-80"
    />
  );
}

const TONES: Record<string, Tone> = { succeeded: "ok", failed: "bad", unknown: "warn" };
const KIND_TONES: Partial<Record<string, Tone>> = { refused: "warn", "sign-in-refused": "warn", acknowledged: "bad" };

const COLUMNS: VirtualColumn<AuditEntry>[] = [
  { id: "seq", head: "#", width: "60px", right: true, cell: ({ seq }) => formatCount(seq) },
  {
    id: "at",
    head: "When",
    width: "146px",
    cell: ({ record }) =>
      record ? <Time at={record.at} show="date-time" /> : <Unknown because="the record cannot be read" />,
  },
  { id: "who", head: "Who", width: "100px", cell: whoCell },
  { id: "what", head: "What", cell: whatCell },
  { id: "end", head: "Kind", width: "168px", cell: kindCell },
  {
    id: "from",
    head: "From",
    width: "110px",
    mono: true,
    cell: ({ record }) => record?.actor?.from ?? <Unknown because="nobody asked for it from anywhere" />,
  },
];

function whoCell({ record }: AuditEntry) {
  if (!record?.actor) return <span className="text-text-3">the console</span>;
  return <span title={record.actor.id}>{record.actor.name}</span>;
}

function whatCell(entry: AuditEntry) {
  const words = auditWords(entry);
  return <span title={words}>{words}</span>;
}

function kindCell(entry: AuditEntry) {
  if (!entry.record) return <StatusWord tone="bad">unreadable</StatusWord>;
  const { kind } = entry.record;
  const state = auditState(entry);
  if (state !== null) return <StatusWord tone={TONES[state] ?? "muted"}>{`${kindWords(kind)}: ${state}`}</StatusWord>;
  const tone = KIND_TONES[kind];
  return tone ? <StatusWord tone={tone}>{kindWords(kind)}</StatusWord> : kindWords(kind);
}
