"use client";
import clsx from "clsx";
import { type ComponentProps, type ReactNode, useId } from "react";
import { Icon } from "./icon";
import type { IconName } from "./icon-paths";

type Props = Omit<ComponentProps<"input">, "onChange" | "value"> & {
  label: ReactNode;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  /** Says what is wrong and what would be right. Announced, and tied to the field. */
  error?: string | undefined;
  hideLabel?: boolean;
  icon?: IconName;
  /** Stands at the right end inside the field. */
  after?: ReactNode;
  mono?: boolean;
  boxClassName?: string;
};

/** A line of text with its label, a hint, and its error below. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  error,
  hideLabel = false,
  icon,
  after,
  mono = false,
  boxClassName,
  className,
  ...rest
}: Props) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? hint;
  return (
    <div className={clsx("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-12 text-text-2"}>
        {label}
      </label>
      <div
        className={clsx(
          "flex h-7 min-w-0 items-center gap-1.5 rounded-2 border bg-surface-1 px-2 text-12",
          "focus-within:outline-2 focus-within:outline-focus focus-within:outline-offset-0",
          error === undefined ? "border-line-control" : "border-bad",
          boxClassName,
        )}
      >
        {icon && <Icon name={icon} className="size-3.5 text-text-3" />}
        <input
          {...rest}
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          aria-invalid={error !== undefined}
          aria-describedby={note === undefined ? undefined : noteId}
          className={clsx(
            "h-full min-w-0 flex-1 bg-transparent text-text-1 outline-none placeholder:text-text-3",
            mono && "font-mono",
          )}
        />
        {after}
      </div>
      {note !== undefined && (
        <p id={noteId} aria-live="polite" className={clsx("text-12", error === undefined ? "text-text-3" : "text-bad")}>
          {note}
        </p>
      )}
    </div>
  );
}
