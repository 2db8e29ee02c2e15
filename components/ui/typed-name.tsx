"use client";
import { useId } from "react";
import { countOf } from "@/lib/format/count";

type Props = {
  /** What must be typed, letter by letter. */
  name: string;
  /** What the name is the name of: "the cluster's name". */
  what?: string;
  value: string;
  onChange: (value: string) => void;
};

/** Whether the typed text is the name. Spaces around it do not count; case does. */
export function isTyped(value: string, name: string): boolean {
  return value.trim() === name;
}

/** Says how far the typing is, so that nobody guesses why the button is still off. */
export function typingState(value: string, name: string): string {
  const typed = value.trim();
  if (typed === name) return "matches";
  if (!name.startsWith(typed)) return "does not match";
  return `${countOf([...name].length - [...typed].length, "letter")} to go`;
}

/** The name of what will be changed, typed by hand: slow on purpose. Enter does nothing here. */
export function TypedName({ name, what = "the cluster's name", value, onChange }: Props) {
  const id = useId();
  const state = typingState(value, name);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block">
        Type {what}, <strong className="font-semibold text-cluster">{name}</strong>, to go on
      </label>
      <div className="flex h-[34px] items-center gap-2 rounded-2 border border-cluster bg-surface-1 px-2 focus-within:outline-2 focus-within:outline-cluster">
        <input
          id={id}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-describedby={`${id}-state`}
          className="h-full min-w-0 flex-1 bg-transparent font-mono text-14 outline-none"
        />
        <span id={`${id}-state`} aria-live="polite" className="whitespace-nowrap text-12 text-text-3">
          {state}
        </span>
      </div>
    </div>
  );
}
