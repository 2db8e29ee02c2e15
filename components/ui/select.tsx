"use client";
import clsx from "clsx";
import { useId } from "react";
import { Icon } from "./icon";

type Option<Value extends string> = { value: Value; label: string; disabled?: boolean };
type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  hideLabel?: boolean;
  mono?: boolean;
  className?: string;
};

/** The browser's own select under our line: it opens well on every device and needs no script. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel = false,
  mono = false,
  className,
}: Props<Value>) {
  const id = useId();
  return (
    <span className={clsx("inline-flex items-center gap-2 text-12", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-text-2"}>
        {label}
      </label>
      <span className="relative inline-flex min-w-0 flex-1 items-center">
        <select
          id={id}
          value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value);
            if (chosen) onChange(chosen.value);
          }}
          className={clsx(
            "h-7 w-full min-w-0 appearance-none rounded-2 border border-line-control bg-surface-1 pr-7 pl-2 text-text-1",
            mono && "font-mono",
          )}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" className="pointer-events-none absolute right-2 size-3.5" />
      </span>
    </span>
  );
}
