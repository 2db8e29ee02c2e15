/** One line. `values` has one entry per time; null is a moment at which nothing was learnt. */
export type LagSeries = {
  id: string;
  /** Stands at the line's end instead of a legend: ":55267". */
  label: string;
  /** A CSS colour from the tokens. */
  colour: string;
  values: readonly (number | null)[];
  /** The one that matters is thicker. */
  strong?: boolean;
};

export type EndLabel = { key: string; text: string; y: number; strong: boolean };

const TOO_CLOSE = 13;

/** The last thing known of a series, or null when nothing is. */
export function lastKnown(series: LagSeries): number | null {
  return series.values.findLast((value) => value !== null) ?? null;
}

/**
 * Labels for the lines' ends. Lines that end at the same height would write over each other: then the strong one keeps its
 * name and the rest are counted.
 */
export function endLabels(series: readonly LagSeries[], yOf: (value: number) => number): EndLabel[] {
  const ends = series
    .flatMap((one) => {
      const last = lastKnown(one);
      return last === null ? [] : [{ ...one, y: yOf(last) }];
    })
    .sort((a, b) => a.y - b.y);
  const groups: (typeof ends)[] = [];
  for (const end of ends) {
    const group = groups.at(-1);
    const above = group?.[0];
    if (group && above && end.y - above.y < TOO_CLOSE) group.push(end);
    else groups.push([end]);
  }
  return groups.map((group) => labelOf(group, groups.length > 1));
}

type End = LagSeries & { y: number };

function labelOf(group: readonly End[], hasOthers: boolean): EndLabel {
  const strong = group.find((end) => end.strong);
  const only = strong ?? (group.length === 1 ? group[0] : undefined);
  const y = only?.y ?? group.reduce((sum, end) => sum + end.y, 0) / group.length;
  if (only) return { key: only.id, text: only.label, y, strong: only.strong ?? false };
  return {
    key: group.map((end) => end.id).join(),
    text: `${group.length} ${hasOthers ? "others" : "lines"}`,
    y,
    strong: false,
  };
}
