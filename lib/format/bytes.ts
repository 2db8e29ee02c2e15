import { groupThousands } from "./count";

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"] as const;

/**
 * Sizes as PostgreSQL counts them: steps of 1024. At most three significant digits up to a thousand of a unit and never more
 * than one decimal, so that a column of sizes lines up: 32 kB, 4.4 MB, 62.2 MB, 155 MB.
 */
export function formatBytes(bytes: number): string {
  let unit = 0;
  let value = bytes;
  // Rounded before it is compared, so that 1023.98 kB reads 1.0 MB and not 1 024 kB.
  while (unit < UNITS.length - 1 && Number(Math.abs(value).toFixed(decimals(value, unit))) >= 1024) {
    value /= 1024;
    unit += 1;
  }
  return `${groupThousands(value.toFixed(decimals(value, unit)))} ${UNITS[unit]}`;
}

function decimals(value: number, unit: number): number {
  const size = Math.abs(value);
  if (unit === 0) return 0;
  if (unit === 1) return size < 10 && !Number.isInteger(value) ? 1 : 0;
  return size < 99.95 ? 1 : 0;
}

/** Bytes per second: 2.1 MB/s. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}
