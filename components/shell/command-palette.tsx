"use client";
import clsx from "clsx";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, useId, useState } from "react";
import { Icon } from "@/components/ui/icon";
import { Kbd } from "@/components/ui/kbd";
import { useFocusReturn } from "@/components/ui/use-focus-return";
import { matchingEntries, type PaletteEntry } from "./palette-entries";

type Props = { open: boolean; onClose: () => void; entries: readonly PaletteEntry[] };

/** Ctrl K: a word, arrows, Enter. */
export function CommandPalette({ open, onClose, entries }: Props) {
  const focus = useFocusReturn();
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <div data-scrim="" className="fixed inset-0 z-30 bg-scrim" />
        <Radix.Content
          {...focus}
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-31 flex max-h-[70vh] w-[min(560px,100vw-16px)] -translate-x-1/2 flex-col overflow-hidden rounded-3 bg-surface-1 shadow-dialog outline-none"
        >
          <Radix.Title className="sr-only">Find or run</Radix.Title>
          <Finder entries={entries} onClose={onClose} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Finder({ entries, onClose }: { entries: readonly PaletteEntry[]; onClose: () => void }) {
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const router = useRouter();
  const listId = useId();
  const found = matchingEntries(entries, text);

  function go(entry: PaletteEntry | undefined) {
    if (!entry) return;
    onClose();
    router.push(entry.href);
  }
  function walk(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (event.key === "Enter") go(found[active]);
    if (step === 0 || found.length === 0) return;
    event.preventDefault();
    const next = (active + step + found.length) % found.length;
    setActive(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: "nearest" });
  }
  return (
    <>
      <div className="flex items-center gap-2 border-line border-b px-3 has-focus-visible:outline-2 has-focus-visible:outline-focus has-focus-visible:-outline-offset-2">
        <Icon name="search" className="size-4 text-text-3" />
        <input
          role="combobox"
          aria-label="Find a screen, node or table"
          aria-expanded={found.length > 0}
          aria-controls={listId}
          aria-activedescendant={found.length > 0 ? `${listId}-${active}` : undefined}
          aria-autocomplete="list"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={walk}
          placeholder="Screen, node or table"
          autoComplete="off"
          spellCheck={false}
          className="h-11 flex-1 bg-transparent text-14 outline-none placeholder:text-text-3"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div id={listId} role="listbox" aria-label="Found" className="min-h-0 overflow-y-auto p-1">
        {found.map((entry, position) => (
          <Found
            key={entry.id}
            id={`${listId}-${position}`}
            entry={entry}
            isActive={position === active}
            onPoint={() => setActive(position)}
            onGo={() => go(entry)}
          />
        ))}
      </div>
      <p role="status" className={clsx("px-3 text-12 text-text-2", found.length === 0 ? "py-4" : "sr-only")}>
        {found.length === 0 ? `Nothing is called "${text}".` : `${found.length} found`}
      </p>
    </>
  );
}

type FoundProps = { id: string; entry: PaletteEntry; isActive: boolean; onPoint: () => void; onGo: () => void };

function Found({ id, entry, isActive, onPoint, onGo }: FoundProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input has the keyboard
    // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus and points here
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      onPointerMove={onPoint}
      onClick={onGo}
      className={clsx("flex h-8 cursor-pointer items-center gap-2.5 rounded-1 px-2", isActive && "bg-surface-3")}
    >
      <Icon name={entry.icon} className="size-4 text-text-3" />
      <span className="min-w-0 flex-1 truncate">{entry.label}</span>
      <span className="text-12 text-text-3">{entry.kind}</span>
      {entry.keys !== undefined && <Kbd>{entry.keys}</Kbd>}
    </div>
  );
}
