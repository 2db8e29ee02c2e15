import type { IconName } from "@/components/ui/icon-paths";

/** Something that can be gone to or done from the palette. */
export type PaletteEntry = {
  id: string;
  label: string;
  /** What kind of thing it is: "Screen", "Table". */
  kind: string;
  icon: IconName;
  href: string;
  /** Other words it is found by. */
  keywords?: string;
  /** "g n": how to get there without the palette. */
  keys?: string;
};

const SHOWN = 50;

/**
 * Entries that hold every typed word, those that begin with the text first. A cluster may have thousands of tables, so
 * the list is cut: whoever wants more types more.
 */
export function matchingEntries(entries: readonly PaletteEntry[], text: string): PaletteEntry[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const found = entries.filter((entry) => {
    const haystack = `${entry.label} ${entry.kind} ${entry.keywords ?? ""}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  const first = words[0];
  if (first === undefined) return found.slice(0, SHOWN);
  const begins = (entry: PaletteEntry) => (entry.label.toLowerCase().startsWith(first) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, SHOWN);
}
