"use client";
import { Switch as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { Tooltip } from "./tooltip";

type Props = {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: ReactNode;
  because?: string | undefined;
};

/** On or off, in effect at once. Switched off itself by `because`, which it then explains. */
export function Switch({ label, checked, onChange, hint, because }: Props) {
  const id = useId();
  const note = because ?? hint;
  return (
    <div className="flex items-center justify-between gap-2 text-12">
      <span>
        <label htmlFor={id}>{label}</label>
        {note !== undefined && (
          <span id={`${id}-note`} className="block text-11 text-text-3">
            {note}
          </span>
        )}
      </span>
      <Tooltip text={because}>
        <Radix.Root
          id={id}
          checked={checked}
          onCheckedChange={(next) => because === undefined && onChange(next)}
          aria-disabled={because !== undefined}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          className="relative h-4 w-[26px] flex-none rounded-full border border-line-control bg-surface-1 transition-colors after:absolute after:-inset-1 aria-disabled:border-line aria-disabled:bg-surface-2 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <Radix.Thumb className="block size-2.5 translate-x-0.5 rounded-full bg-line-control transition-transform data-[state=checked]:translate-x-3 data-[state=checked]:bg-on-accent" />
        </Radix.Root>
      </Tooltip>
    </div>
  );
}
