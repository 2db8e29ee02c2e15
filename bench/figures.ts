import type { EngineName } from "../sandbox/types.ts";

/** What a figure may be at most: of our own value, or of ours as a share of the baseline's. */
export type Target = { of: "ours" | "ratio"; most: number };

/** One figure of the table, before it is measured. */
export type FigureWords = {
  id: string;
  what: string;
  beside: string;
  unit: string;
  target: Target;
  /** Its baseline is Citus' own work, or its subject is: on the stand-in it is printed and counts for nothing. */
  onCitusOnly?: true;
};

/** What was measured of it. null: it could not be. */
export type Measured = {
  id: string;
  ours: number | null;
  baseline: number | null;
  /** Over its target, and yet no more than what the measurement itself varies by. */
  isWithinSpread?: boolean;
  remarks?: string;
};

export type Row = {
  id: string;
  what: string;
  beside: string;
  unit: string;
  ours: number | null;
  baseline: number | null;
  ratio: number | null;
  target: string;
  met: boolean | null;
  remarks?: string;
};

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The smallest value that at least that share of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function ratioOf(ours: number | null, baseline: number | null): number | null {
  return ours === null || baseline === null || baseline === 0 ? null : ours / baseline;
}

/** Judged on the values as measured, not as printed. */
export function rowOf(words: FigureWords, measured: Measured, engine: EngineName): Row {
  const { id, what, beside, unit, target, onCitusOnly = false } = words;
  const { ours, baseline, isWithinSpread = false, remarks } = measured;
  const ratio = ratioOf(ours, baseline);
  const value = target.of === "ours" ? ours : ratio;
  const counts = value !== null && Number.isFinite(value) && !(onCitusOnly && engine !== "citus");
  return {
    ...{ id, what, beside, unit },
    ours: rounded(ours),
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    target: target.of === "ours" ? `≤ ${target.most} ${unit}`.trim() : `≤ ${target.most}×`,
    met: counts ? value <= target.most || isWithinSpread : null,
    ...(remarks && { remarks }),
  };
}

function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(3));
}
