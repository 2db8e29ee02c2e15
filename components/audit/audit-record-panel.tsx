"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { Chip } from "@/components/ui/chip";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { NoteLines } from "@/components/ui/note-lines";
import { SqlBlock } from "@/components/ui/sql-block";
import { Time } from "@/components/ui/time";
import type { AuditEntry, AuditRecord } from "@/lib/domain/audit";
import { auditPlan, auditRest, auditWords, kindWords } from "@/lib/domain/audit-words";
import type { Note } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { routes } from "@/lib/routes";

type Props = { clusterId: ClusterId; entry: AuditEntry; onClose: () => void };

/** One record in full. */
export function AuditRecordPanel({ clusterId, entry, onClose }: Props) {
  const { record, seq } = entry;
  return (
    <Drawer
      open
      onClose={onClose}
      label={`Record #${seq}`}
      className="max-h-[calc(100dvh-190px)] w-[400px]!"
      title={
        <div className="flex flex-wrap items-center gap-1.5">
          <h2 className="wrap-anywhere min-w-0 text-14">{auditWords(entry)}</h2>
          {record && <Chip>{kindWords(record.kind)}</Chip>}
        </div>
      }
    >
      {record ? (
        <Whole clusterId={clusterId} record={record} />
      ) : (
        <p className="text-12">
          What stands at #{seq} is not a record as the console writes it. The check of the chain says what is wrong with
          it.
        </p>
      )}
    </Drawer>
  );
}

function Whole({ clusterId, record }: { clusterId: ClusterId; record: AuditRecord }) {
  const { actor, runId } = record;
  const plan = auditPlan(record);
  const sql = plan?.steps.flatMap((step) => step.sql).join("\n\n") ?? "";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <dl className="grid grid-cols-[84px_minmax(0,1fr)] gap-x-2 gap-y-1 text-12">
        <Fact name="Record">#{record.seq}</Fact>
        <Fact name="When">
          <Time at={record.at} show="date-time" /> <span className="text-text-3">({record.at})</span>
        </Fact>
        <Fact name="Who">
          {actor ? (
            <>
              {actor.name}{" "}
              <Link href={routes.auditBy(clusterId, actor.id)} className="break-all underline underline-offset-2">
                {actor.id}
              </Link>
            </>
          ) : (
            "the console"
          )}
        </Fact>
        {actor && <Fact name="From">{`${actor.from}, session ${actor.sessionId}`}</Fact>}
        {runId !== null && (
          <Fact name="Operation">
            <Link
              href={routes.operation(clusterId, runId)}
              className="break-all font-mono underline underline-offset-2"
            >
              {runId}
            </Link>
          </Fact>
        )}
      </dl>
      {sql !== "" && <SqlBlock sql={sql} title="Statements" {...loginOf(record)} />}
      {plan && plan.notes.length > 0 && (
        <section aria-label="What was looked at">
          <h3 className="mb-1 text-13">What was looked at</h3>
          <NoteLines notes={plan.notes.map((note) => ({ tone: note.tone, text: <NoteText note={note} /> }))} />
        </section>
      )}
      <Rest record={record} />
      <dl className="grid gap-1 border-line border-t pt-2 text-11 text-text-3">
        <Fact name="Hash">
          <span className="break-all font-mono">{record.hash}</span>
        </Fact>
        <Fact name="Follows">
          <span className="break-all font-mono">{record.prev}</span>
        </Fact>
      </dl>
    </div>
  );
}

function Rest({ record }: { record: AuditRecord }) {
  return (
    <>
      <dl className="grid gap-1.5 text-12">
        {auditRest(record).map(([name, text]) => (
          <div key={name}>
            <dt className="text-text-3">{name}</dt>
            <dd className="whitespace-pre-wrap break-words font-mono">{text}</dd>
          </div>
        ))}
      </dl>
      <div>
        <CopyButton text={JSON.stringify(record, null, 2)} label="Copy record" />
      </div>
    </>
  );
}

function NoteText({ note }: { note: Note }) {
  return (
    <>
      {note.text}
      {note.detail !== undefined && <span className="text-text-2"> {note.detail}</span>}
    </>
  );
}

function loginOf({ details }: AuditRecord): { login?: string } {
  return typeof details.login === "string" ? { login: details.login } : {};
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
