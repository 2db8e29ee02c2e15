"use client";
import clsx from "clsx";
import { SESSION_STATUSES, type SessionStatus } from "@/lib/domain/activity";
import { formatCount } from "@/lib/format/count";

const LABELS: Record<SessionStatus, string> = {
  active: "Active",
  waiting: "Waiting",
  "idle-in-transaction": "Idle in tx",
  idle: "Idle",
  unknown: "Not visible",
};

type Props = {
  show: readonly SessionStatus[];
  counts: Record<SessionStatus, number>;
  onChange: (show: SessionStatus[]) => void;
};

/** Which states are listed: any number of them at once, each with how many there are. */
export function StateFilter({ show, counts, onChange }: Props) {
  // Only a login without pg_monitor meets sessions whose state it may not see.
  const offered = SESSION_STATUSES.filter((status) => status !== "unknown" || counts.unknown > 0);
  const isAll = offered.every((status) => show.includes(status));
  const total = SESSION_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  return (
    <fieldset
      aria-label="States"
      className="inline-flex flex-wrap rounded-2 border border-line-strong bg-surface-2 p-px"
    >
      <Part
        label="All"
        count={total}
        isOn={isAll}
        onClick={() => onChange(isAll ? ["waiting"] : [...SESSION_STATUSES])}
      />
      {offered.map((status) => {
        const isOn = show.includes(status);
        const next = isOn ? show.filter((one) => one !== status) : [...show, status];
        return (
          <Part key={status} label={LABELS[status]} count={counts[status]} isOn={isOn} onClick={() => onChange(next)} />
        );
      })}
    </fieldset>
  );
}

function Part({ label, count, isOn, onClick }: { label: string; count: number; isOn: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className={clsx(
        "flex h-6 items-center gap-1 whitespace-nowrap rounded-1 border border-transparent px-2 font-medium text-12 transition-colors",
        isOn ? "border-line-strong! bg-surface-1 text-text-1 dark:bg-surface-3" : "text-text-2 hover:text-text-1",
      )}
    >
      {label} <span className={isOn ? "text-text-2" : "text-text-3"}>{formatCount(count)}</span>
    </button>
  );
}
