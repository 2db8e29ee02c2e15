import type { LagSeries } from "./lag-series";

/** What recharts hands over: which moment is pointed at, and the row that belongs to it. */
type Props = {
  series: readonly LagSeries[];
  format: (value: number) => string;
  timeText: (at: number) => string;
  active?: boolean;
  label?: string | number;
  payload?: readonly { payload?: Record<string, number | null> }[];
};

/** The moment under the pointer, and every line's value there. */
export function LagTooltip({ series, format, timeText, active, label, payload }: Props) {
  const row = payload?.[0]?.payload;
  if (!active || row === undefined || label === undefined) return null;
  return (
    <div className="rounded-1 bg-text-1 px-2 py-1 text-11 text-bg">
      <div>{timeText(Number(label))}</div>
      {series.map((line) => {
        const value = row[line.id] ?? null;
        return (
          <div key={line.id} className="flex justify-between gap-3">
            <span>{line.label}</span>
            <span>{value === null ? "—" : format(value)}</span>
          </div>
        );
      })}
    </div>
  );
}
