"use client";
import { useBecause, useViewer } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { buttonLook } from "@/components/ui/button-look";
import { Icon } from "@/components/ui/icon";
import { Select } from "@/components/ui/select";
import { TextField } from "@/components/ui/text-field";
import { AUDIT_KINDS, AUDIT_STATES, type AuditFilter } from "@/lib/domain/audit";
import { kindWords } from "@/lib/domain/audit-words";
import { CHANGE_NAMES, changeWords } from "@/lib/domain/change-words";
import type { ClusterId } from "@/lib/domain/cluster";
import { apiRoutes } from "@/lib/routes";
import type { AuditChange } from "./use-audit-view";

type Props = { clusterId: ClusterId; filter: AuditFilter; asked: string; onChange: (changes: AuditChange) => void };

const ANY = { value: "", label: "any" };
const KINDS = [ANY, ...AUDIT_KINDS.map((kind) => ({ value: kind, label: kindWords(kind) }))];
const CHANGES = [ANY, ...CHANGE_NAMES.map((change) => ({ value: change, label: changeWords(change) }))];
const STATES = [ANY, ...AUDIT_STATES.map((state) => ({ value: state, label: state }))];
const SCOPES = [
  { value: "cluster", label: "this cluster" },
  { value: "console", label: "the console itself" },
];

/** What the list is narrowed by, and the export of what it then holds. */
export function AuditToolbar({ clusterId, filter, asked, onChange }: Props) {
  const isNarrowed = asked !== "scope=cluster";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-line border-b px-3 py-1.5">
      <TextField
        label="Filter the audit by words"
        hideLabel
        icon="filter"
        placeholder="Object, person, SQL, message"
        value={filter.text ?? ""}
        onChange={(text) => onChange({ text })}
        className="w-56"
        data-filter=""
      />
      <Select label="Of" value={filter.scope} options={SCOPES} onChange={(scope) => onChange({ scope })} />
      <Select label="Kind" value={filter.kind ?? ""} options={KINDS} onChange={(kind) => onChange({ kind })} />
      <Select
        label="Change"
        value={filter.change ?? ""}
        options={CHANGES}
        onChange={(change) => onChange({ change })}
      />
      <Select label="Ended" value={filter.state ?? ""} options={STATES} onChange={(state) => onChange({ state })} />
      <Day label="From" value={filter.from} onChange={(from) => onChange({ from })} />
      <Day label="Until" value={filter.until} onChange={(until) => onChange({ until })} />
      <Chosen label="Person" value={filter.person} onClear={() => onChange({ person: "" })} />
      <Chosen label="Operation" value={filter.run} onClear={() => onChange({ run: "" })} />
      {isNarrowed && (
        <Button size="sm" variant="quiet" onClick={() => onChange(NOTHING)}>
          Show all
        </Button>
      )}
      <Export clusterId={clusterId} asked={asked} />
    </div>
  );
}

const NOTHING: AuditChange = {
  scope: "",
  kind: "",
  person: "",
  change: "",
  state: "",
  run: "",
  from: "",
  until: "",
  text: "",
};

type DayProps = { label: string; value: string | undefined; onChange: (day: string) => void };

/** Days are UTC, as the audit writes them. */
function Day({ label, value = "", onChange }: DayProps) {
  return (
    <label className="inline-flex items-center gap-2 text-12 text-text-2" title="Days in UTC">
      {label}
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-7 rounded-2 border border-line-control bg-surface-1 px-2 text-text-1"
      />
    </label>
  );
}

type ChosenProps = { label: string; value: string | undefined; onClear: () => void };

/** Set from a record's panel or by a link. */
function Chosen({ label, value, onClear }: ChosenProps) {
  if (value === undefined) return null;
  return (
    <Button size="sm" icon="close" onClick={onClear} aria-label={`${label} ${value}: no longer only these`}>
      <span className="max-w-40 truncate">
        {label} <span className="font-mono">{value}</span>
      </span>
    </Button>
  );
}

function Export({ clusterId, asked }: { clusterId: ClusterId; asked: string }) {
  const because = useBecause("audit:export");
  const who = useViewer();
  return (
    <span className="ml-auto flex gap-2">
      {(["jsonl", "csv"] as const).map((format) => {
        const words = format === "jsonl" ? "Export JSON lines" : "Export CSV";
        return because === undefined && who ? (
          <a
            key={format}
            download
            href={apiRoutes.auditExport(clusterId, `${asked}&format=${format}`)}
            className={buttonLook({})}
          >
            <Icon name="document" className="size-3.5" />
            {words}
          </a>
        ) : (
          <Button key={format} icon="document" because={because}>
            {words}
          </Button>
        );
      })}
    </span>
  );
}
