"use client";
import { Checkbox as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { Icon } from "./icon";

type Props = {
  label: ReactNode;
  checked: boolean | "indeterminate";
  onChange: (checked: boolean) => void;
  hideLabel?: boolean;
};

/** A box of 14 px in a target of 24. `indeterminate` is for the head of a table in which some rows are chosen. */
export function Checkbox({ label, checked, onChange, hideLabel = false }: Props) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap text-12 text-text-2">
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onChange(next === true)}
        className="relative grid size-3.5 flex-none place-items-center rounded-1 border border-line-control bg-surface-1 text-on-accent after:absolute after:-inset-[5px] data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent"
      >
        <Radix.Indicator>
          <Icon name={checked === "indeterminate" ? "minus" : "check"} className="size-2.5 stroke-[2.4]" />
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className={hideLabel ? "sr-only" : undefined}>
        {label}
      </label>
    </span>
  );
}
