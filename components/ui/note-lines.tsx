import type { ReactNode } from "react";
import { Icon } from "./icon";
import { SrOnly } from "./sr-only";
import { TONE_ICON, TONE_TEXT } from "./tone";

type NoteTone = "ok" | "warn" | "bad" | "info";
export type NoteLine = { tone: NoteTone; text: ReactNode };

const SPOKEN: Record<NoteTone, string> = { ok: "In order", warn: "Warning", bad: "Problem", info: "Note" };

/** Permission, locks, warnings: one line each, the icon first. */
export function NoteLines({ notes }: { notes: readonly NoteLine[] }) {
  return (
    <ul className="grid gap-1 text-12">
      {notes.map((note, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn anew with its dialog
        <li key={position} className="grid grid-cols-[18px_minmax(0,1fr)]">
          <span className={TONE_TEXT[note.tone]}>
            <Icon name={TONE_ICON[note.tone]} className="size-3.5" />
            <SrOnly>{SPOKEN[note.tone]}: </SrOnly>
          </span>
          <span className="text-pretty">{note.text}</span>
        </li>
      ))}
    </ul>
  );
}
