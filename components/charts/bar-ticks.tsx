import type { NodeBar } from "./bar-by-node";

/** What recharts hands to a tick. */
type TickProps = { x?: number | string; y?: number | string; payload?: { value: string } };

export function NodeTick({ y = 0, payload }: TickProps) {
  return (
    <text x={0} y={y} dy={4} className="fill-text-2 text-12" style={{ fontFamily: "var(--font-mono)" }}>
      {payload?.value}
    </text>
  );
}

type ValueTickProps = TickProps & {
  bars: readonly NodeBar[];
  names: readonly string[];
  format: (value: number) => string;
  /** Where the column of numbers ends: recharts gives the axis' left edge and its width. */
  width?: number;
};

/** The numbers stand in a column at the right, now above after, so that they can be compared without the bars. */
export function ValueTick({ x = 0, y = 0, width = 68, payload, bars, names, format }: ValueTickProps) {
  const bar = bars[names.indexOf(payload?.value ?? "")];
  if (!bar) return null;
  const right = Number(x) + width - 8;
  const hasAfter = bar.after !== undefined;
  return (
    <g textAnchor="end">
      <text x={right} y={y} dy={hasAfter ? -2 : 4} className="fill-text-1 font-medium text-12">
        {bar.value === null ? "—" : format(bar.value)}
      </text>
      {hasAfter && (
        <text x={right} y={y} dy={11} className="fill-text-3 text-11">
          {bar.after === null || bar.after === undefined ? "—" : format(bar.after)}
        </text>
      )}
    </g>
  );
}
