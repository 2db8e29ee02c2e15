const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/** One unit for all the numbers of a column, so that they can be compared without reading it. */
export type SizeUnit = { name: string; bytes: number };

/** The unit in which the largest reads at least 1. */
export function unitFor(largestBytes: number): SizeUnit {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, largestBytes)) / 10)));
  return { name: UNITS[power] ?? "B", bytes: 1024 ** power };
}

/** The number alone: "4.4", "104". Something is never "0.0". */
export function inUnit(bytes: number, unit: SizeUnit): string {
  const value = bytes / unit.bytes;
  if (bytes === 0) return "0";
  if (value < 0.05) return "<0.1";
  return value < 99.95 && unit.bytes > 1 ? value.toFixed(1) : value.toFixed(0);
}
