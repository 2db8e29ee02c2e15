"use client";
import clsx from "clsx";
import { useId } from "react";

type Option<Value extends string> = { value: Value; label: string; count?: number };
type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  /** Draws the label before the choices; otherwise only a screen reader hears it. */
  showLabel?: boolean;
};

/** One of a few, all visible. Real radio buttons underneath, so arrows, forms and forced colours work by themselves. */
export function Segmented<Value extends string>({ label, value, options, onChange, showLabel = false }: Props<Value>) {
  const name = useId();
  return (
    <div className="inline-flex items-center gap-2" role="radiogroup" aria-label={label}>
      {showLabel && (
        <span aria-hidden="true" className="text-12 text-text-2">
          {label}
        </span>
      )}
      <div className="inline-flex flex-wrap rounded-2 border border-line-strong bg-surface-2 p-px">
        {options.map((option) => (
          <label
            key={option.value}
            className={clsx(
              "relative flex h-6 items-center gap-1 whitespace-nowrap rounded-1 px-2 font-medium text-12 transition-colors",
              "has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:outline-offset-2",
              option.value === value
                ? "bg-surface-1 text-text-1 ring-1 ring-line-strong dark:bg-surface-3"
                : "text-text-2 hover:text-text-1",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer appearance-none opacity-0"
            />
            {option.label}
            {option.count !== undefined && <span className="text-text-3">{option.count}</span>}
          </label>
        ))}
      </div>
    </div>
  );
}
