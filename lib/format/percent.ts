import { formatCount } from "./count";

/**
 * A share of a whole: 0.63 reads 63 %. The ends are kept honest: something is never "0 %", and
 * something unfinished never "100 %".
 */
export function formatPercent(fraction: number): string {
  const percent = fraction * 100;
  if (percent > 0 && percent < 1) return "< 1 %";
  if (percent > 99 && percent < 100) return "99 %";
  return `${formatCount(percent)} %`;
}

/** A distance from the mean, always with its sign: +35 %, −4 %. Nothing to see reads 0 %. */
export function formatDeviation(fraction: number): string {
  const rounded = Math.round(fraction * 100);
  return `${rounded > 0 ? "+" : ""}${formatCount(rounded)} %`;
}
