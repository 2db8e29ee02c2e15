"use client";
import clsx from "clsx";
import { useId } from "react";
import { Chip } from "@/components/ui/chip";
import type { ColumnOption } from "@/lib/domain/distribute-recommend";
import { countOf } from "@/lib/format/count";

type Props = {
  /** Those that may be chosen first. */
  options: readonly ColumnOption[];
  value: string;
  recommended: string | null;
  onChange: (column: string) => void;
};

/** One of the columns, each with what speaks for it. Those that cannot be chosen are folded away with their reason. */
export function ColumnPicker({ options, value, recommended, onChange }: Props) {
  const name = useId();
  const possible = options.filter((option) => option.verdict.allowed);
  const others = options.filter((option) => !option.verdict.allowed);
  return (
    <>
      <div role="radiogroup" aria-label="Distribution column" className="grid max-h-52 gap-px overflow-y-auto">
        {possible.map((option) => (
          <Choice
            key={option.column.name}
            group={name}
            option={option}
            isChosen={option.column.name === value}
            isRecommended={option.column.name === recommended}
            onChange={onChange}
          />
        ))}
      </div>
      {others.length > 0 && (
        <details className="mt-1.5 text-12 text-text-2">
          <summary className="w-fit py-1">{countOf(others.length, "column")} cannot be chosen</summary>
          <ul className="grid gap-1 pl-3">
            {others.map(({ column, verdict }) => (
              <li key={column.name} className="text-pretty">
                <span className="font-mono text-text-1">{column.name}</span> {verdict.allowed ? null : verdict.because}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type ChoiceProps = {
  group: string;
  option: ColumnOption;
  isChosen: boolean;
  isRecommended: boolean;
  onChange: (column: string) => void;
};

function Choice({ group, option: { column, reasons, doubts }, isChosen, isRecommended, onChange }: ChoiceProps) {
  return (
    <label
      className={clsx(
        "flex min-h-7 cursor-pointer items-baseline gap-2 rounded-1 px-2 py-1 text-12 hover:bg-surface-2",
        isChosen && "bg-accent-weak",
      )}
    >
      <input
        type="radio"
        name={group}
        value={column.name}
        checked={isChosen}
        onChange={() => onChange(column.name)}
        className="size-3 flex-none self-center accent-accent"
      />
      {/* The spaces are for the ear: without them the radio's name runs together. */}
      <span className="font-medium font-mono">{column.name}</span>{" "}
      <span className="font-mono text-text-3">{column.type}</span>{" "}
      {isRecommended && <Chip tone="info">recommended</Chip>}{" "}
      <span className="min-w-0 flex-1 text-pretty text-text-2">
        {[...reasons, ...doubts, ...(column.isNotNull ? [] : ["may be NULL"])].join("; ")}
      </span>
    </label>
  );
}
