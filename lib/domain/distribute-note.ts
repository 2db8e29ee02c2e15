import type { Note } from "./change";
import { refused, type Verdict } from "./cluster";

export const ok = (text: string): Note => ({ tone: "ok", text });
export const info = (text: string, detail?: string): Note => ({ tone: "info", text, ...(detail && { detail }) });
export const warn = (text: string, detail?: string): Note => ({ tone: "warn", text, ...(detail && { detail }) });
/** A refusal: the fact and what it means, then the next step. */
export const bad = (text: string, detail: string): Note => ({ tone: "bad", text, detail });

/** What the notes come to: the first refusal, with its next step. */
export function verdictOf(notes: readonly Note[]): Verdict {
  const refusal = notes.find((note) => note.tone === "bad");
  return refusal ? refused([refusal.text, refusal.detail].filter(Boolean).join(" ")) : { allowed: true };
}

/** Refusals first, then warnings, what is worth knowing, and what is in order. */
export function bySeverity(notes: readonly Note[]): Note[] {
  const rank = { bad: 0, warn: 1, info: 2, ok: 3 };
  return [...notes].sort((a, b) => rank[a.tone] - rank[b.tone]);
}
